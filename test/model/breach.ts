/** Something that must hold does not. */
export class Breach extends Error {
  override readonly name = 'Breach';
}

/** @throws Breach */
export function mustHold(holds: boolean, what: () => string): asserts holds {
  if (!holds) throw new Breach(what());
}
