import pc from 'picocolors';
import type { Palette } from '../plan/render-plan-text.ts';

const colors = pc.createColors(true);
/** For a plan on a terminal. */
export const COLOURED: Palette = {
  strong: colors.bold,
  dim: colors.dim,
  removed: colors.red,
  added: colors.green,
  warning: colors.yellow,
};
