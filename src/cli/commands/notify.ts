import type { App } from '../../app/create-app.ts';
import type { ExitCode } from '../../domain/error-catalog.ts';
import type { JsonObject } from '../../domain/json.ts';
import { renderJson } from '../../plan/render-document.ts';
import { showText } from '../../plan/show-value.ts';
import { write } from '../io.ts';
import type { Io } from '../io.ts';
import { openApp } from '../open-app.ts';
import type { CommonOptions } from '../options.ts';

export interface NotifyOptions extends Pick<CommonOptions, 'config' | 'verbose'> {
  readonly destination?: readonly string[];
  readonly test?: boolean;
  readonly dryRun?: boolean;
  readonly retry?: boolean;
  readonly output: 'text' | 'json';
}

/** Told in lines, or as a document. */
interface Told {
  readonly lines: readonly string[];
  readonly items: readonly object[];
  readonly exit: ExitCode;
}

/** What waits for the destinations; with `test` what each of them answered. */
export async function runNotify(io: Io, options: NotifyOptions): Promise<ExitCode> {
  const { app, progress } = await openApp(io, { ...options, output: 'text' });
  try {
    const told = await tell(app, options, io.signal);
    const document = { apiVersion: 'flowkeeper/v1', kind: 'NotifyReport', items: told.items };
    await write(
      io.stdout,
      options.output === 'json'
        ? renderJson(document as unknown as JsonObject)
        : told.lines.map((line) => `${line}\n`).join(''),
    );
    return told.exit;
  } finally {
    progress.close();
    await app.close();
  }
}

async function tell(app: App, options: NotifyOptions, signal: AbortSignal): Promise<Told> {
  const { destination } = options;
  if (options.test === true) return toldTests(await app.testDestinations(destination, signal));
  if (options.dryRun === true) return toldPreviews(app.previewDestinations(destination));
  if (options.retry === true) {
    const count = await app.reviveNotices(destination);
    const lines = [`${String(count)} dead notification(s) are tried again`];
    return { lines, items: [{ revived: count }], exit: 0 };
  }
  const counts = (await app.noticeCounts()).filter(
    (one) => destination?.includes(one.destination) ?? true,
  );
  return {
    lines: counts.map(
      ({ destination: name, waiting, dead, trouble }) =>
        `${name}: ${String(waiting)} wait, ${String(dead)} dead${trouble === undefined ? '' : `; ${showText(trouble)}`}`,
    ),
    items: counts,
    exit: counts.some(({ dead }) => dead > 0) ? 1 : 0,
  };
}

function toldTests(tested: Awaited<ReturnType<App['testDestinations']>>): Told {
  return {
    lines: tested.map(({ name, kind, delivery }) =>
      delivery.kind === 'delivered'
        ? `${name} (${kind}): delivered: ${showText(delivery.answer)}`
        : `${name} (${kind}): FAILED: ${showText(delivery.reason)}`,
    ),
    items: tested,
    exit: tested.some(({ delivery }) => delivery.kind === 'failed') ? 1 : 0,
  };
}

function toldPreviews(previewed: ReturnType<App['previewDestinations']>): Told {
  return {
    lines: previewed.flatMap(({ name, kind, message }) => [
      `--- ${name} (${kind})`,
      ...Object.entries(message ?? {}).map(([key, value]) =>
        typeof value === 'string' && value.includes('\n')
          ? `${key}:\n${indented(value)}`
          : `${key}: ${showText(typeof value === 'string' ? value : JSON.stringify(value))}`,
      ),
    ]),
    items: previewed,
    exit: 0,
  };
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${showText(line)}`)
    .join('\n');
}
