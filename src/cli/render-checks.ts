import { renderDiagnostics } from '../app/render-faults.ts';
import type { Check } from '../engine/doctor/check.ts';
import { showText } from '../plan/show-value.ts';

const MAX_FAULTS = 10;

/** What was found, and what to do about it. */
export function checkLines({
  check,
  result,
  message,
  next,
  code,
  faults = [],
}: Check): readonly string[] {
  const named = code === undefined ? '' : ` [${code}]`;
  const shown = renderDiagnostics(faults).trimEnd().split('\n').filter(Boolean);
  const left = shown.length - MAX_FAULTS;
  return [
    showText(`  ${WORDS[result]}  ${check.padEnd(13)}  ${message}${named}`),
    ...shown.slice(0, MAX_FAULTS).map((line) => `          ${line}`),
    ...(left > 0 ? [`          … and ${String(left)} lines more`] : []),
    ...(next === undefined ? [] : [showText(`          next: ${next}`)]),
  ];
}

const WORDS: Readonly<Record<Check['result'], string>> = {
  ok: 'ok  ',
  warn: 'warn',
  fail: 'FAIL',
  unchecked: '?   ',
};
