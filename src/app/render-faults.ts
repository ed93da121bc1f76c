/** The command line may not see config/; what it prints of it comes through here. */
export { renderDiagnostics } from '../config/render-diagnostics.ts';
