/** 0 ≤ x < 1: what waits are spread with, so that many do not come at once. */
export type Chance = () => number;
