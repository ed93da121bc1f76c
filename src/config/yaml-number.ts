const DECIMAL = /^([-+]?)(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d+))?$/;

/**
 * Why a number of a YAML file would not be kept as it is written; undefined when it would.
 * A phone number `+49301234` or a code `007` is text to its author and a number to YAML.
 *
 * @param value what YAML makes of it
 * @param source how it is written
 */
export function numberFault(value: number, source: string): string | undefined {
  if (!Number.isFinite(value)) return 'is none that JSON has';
  if (Number.isInteger(value) && !Number.isSafeInteger(value))
    return 'is beyond 2^53 and would lose digits';
  const decimal = DECIMAL.exec(source);
  // hexadecimal and octal
  if (!decimal) return undefined;
  if (decimal[1] === '+' || /^0\d/.test(decimal[2] ?? ''))
    return 'would lose its leading `+` or `0`';
  return normalForm(source) === normalForm(String(value)) ? undefined : 'would lose digits';
}

/** Digits without zeros at either end, and the power of ten that they are shifted by. */
function normalForm(source: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = DECIMAL.exec(source) ?? [];
  const digits = whole + fraction;
  const leading = digits.replace(/^0+/, '');
  // not by a pattern: /0+$/ is slow on many zeros that something follows
  let end = leading.length;
  while (leading[end - 1] === '0') end--;
  const significant = leading.slice(0, end);
  if (significant === '') return '0';
  const shift = Number(exponent) - fraction.length + (leading.length - end);
  return `${sign}${significant}e${String(shift)}`;
}
