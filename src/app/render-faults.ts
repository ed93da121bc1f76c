/** The command line may not see config/; what it prints of it comes through here. */
export { inOrder, renderDiagnostics } from '../config/render-diagnostics.ts';
