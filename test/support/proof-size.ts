/**
 * How much of the long proofs (kills, random programs, variants of faults, a day of a thousand flows) a run of the tests makes: a small
 * part by default, so that the whole suite stays quick; all that is promised with `npm run proofs`, as in continuous
 * integration.
 */
export const IS_WHOLE_PROOF = process.env['FLOWKEEPER_PROOFS'] === 'whole';
