import type { Fault } from '../../src/simulator/fault.ts';
import type { FlowState } from '../../src/simulator/flow.ts';
import type { LoggedRequest } from '../../src/simulator/request-log.ts';
import type { Violation } from '../../src/simulator/write-watch.ts';

/** What the simulated service holds and has seen. */
export interface ServiceState {
  readonly flows: ReadonlyMap<string, FlowState>;
  readonly pendingReload: readonly string[];
  readonly violations: readonly Violation[];
}

interface StateAnswer {
  readonly orgs: readonly {
    readonly flows: readonly FlowState[];
    readonly pendingReload: readonly string[];
  }[];
  readonly violations: readonly Violation[];
}

/** The simulated service in its other process, through /_simulator/. */
export class SimulatorClient {
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  async state(): Promise<ServiceState> {
    const { orgs, violations } = (await this.#call('GET', 'state')) as StateAnswer;
    const flows = orgs.flatMap((org) => org.flows);
    return {
      flows: new Map(flows.map((flow) => [flow.id, flow])),
      pendingReload: orgs.flatMap((org) => org.pendingReload),
      violations,
    };
  }

  async requests(): Promise<readonly LoggedRequest[]> {
    const answer = (await this.#call('GET', 'requests')) as {
      readonly requests: readonly LoggedRequest[];
    };
    return answer.requests;
  }

  async patches(): Promise<readonly LoggedRequest[]> {
    return (await this.requests()).filter(({ method }) => method === 'PATCH');
  }

  /** Forgets requests and faults of before, and adds these. */
  async begin(faults: readonly Fault[]): Promise<void> {
    await this.#call('DELETE', 'requests');
    await this.#call('DELETE', 'faults');
    if (faults.length > 0) await this.#call('POST', 'faults', faults);
  }

  async edit(flowId: string, settings: object): Promise<void> {
    await this.#call('POST', 'edit', { flowId, settings, by: 'Dana Schmidt' });
  }

  async #call(method: string, path: string, body?: object): Promise<unknown> {
    const answer = await fetch(`${this.url}/_simulator/${path}`, {
      method,
      ...(body && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }
}
