type Keys<T, Wanted> = {
  [K in keyof T]-?: undefined extends T[K] ? 'maybe' : 'sure';
} extends infer S
  ? { [K in keyof T]: K extends keyof S ? (S[K] extends Wanted ? K : never) : never }[keyof T]
  : never;

/** Fields that may be undefined become fields that may be missing. */
export type WithoutUndefined<T> = { readonly [K in Keys<T, 'sure'>]: T[K] } & {
  readonly [K in Keys<T, 'maybe'>]?: Exclude<T[K], undefined>;
};

/** The same object without the fields that are undefined; under `exactOptionalPropertyTypes` the two differ. */
export function withoutUndefined<T extends object>(fields: T): WithoutUndefined<T> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as WithoutUndefined<T>;
}
