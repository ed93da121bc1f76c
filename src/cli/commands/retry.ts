import type { ExitCode } from '../../domain/error-catalog.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Released } from '../../engine/release-flow.ts';
import { renderJson, renderYaml } from '../../plan/render-document.ts';
import { showText } from '../../plan/show-value.ts';
import { write } from '../io.ts';
import type { Io } from '../io.ts';
import { openApp } from '../open-app.ts';
import { orgsOf } from '../options.ts';
import type { CommonOptions } from '../options.ts';
import { systemUser } from '../system-user.ts';

export interface RetryOptions extends CommonOptions {
  readonly by?: string;
}

/** Exit 0 also when nothing is held back: the next run tries the flow either way. */
export async function runRetry(io: Io, flow: string, options: RetryOptions): Promise<ExitCode> {
  const { app, progress } = await openApp(io, options);
  try {
    const { by = systemUser() } = options;
    const released = await app.release({ flow, by, ...orgsOf(options) }, io.signal);
    progress.close();
    await write(io.stdout, render(released, options.output));
    return 0;
  } finally {
    progress.close();
    await app.close();
  }
}

function render(released: Released, output: CommonOptions['output']): string {
  // schemas/retry.schema.json
  const facts = released as unknown as JsonObject;
  const document = { apiVersion: 'flowkeeper/v1', kind: 'Retry', ...facts };
  if (output === 'json') return renderJson(document);
  if (output === 'yaml') return renderYaml(document);
  const { org, flowId, name, heldBack, fighting } = released;
  const flow = `${showText(name)} (${flowId}) in ${org}`;
  const reasons = [
    ...(heldBack ? [`It was held back: ${heldBack.reason}`] : []),
    ...(fighting ? [`It was left alone: ${fighting.reason}`] : []),
  ];
  if (reasons.length === 0) return `${flow}: nothing is held back\n`;
  return `${flow}: released; the next run tries again. ${showText(reasons.join('. '))}\n`;
}
