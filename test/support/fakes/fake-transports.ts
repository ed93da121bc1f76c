import type { Channel } from '../../../src/domain/destination.ts';
import type { Delivery, Transports } from '../../../src/ports/transports.ts';

export interface Brought {
  readonly kind: Channel['kind'];
  readonly message: unknown;
}

type Receive = (brought: Brought, signal: AbortSignal) => Delivery | Promise<Delivery>;

/** Receivers without a network: each message is kept, and answered as a test says. */
export class FakeTransports implements Transports {
  readonly brought: Brought[] = [];
  /** By default everything is taken. */
  receive: Receive = () => ({ kind: 'delivered', answer: '204' });

  readonly webhook: Transports['webhook'] = (to, message, signal) =>
    this.#bring(to, message, signal);
  readonly slack: Transports['slack'] = (to, message, signal) => this.#bring(to, message, signal);
  readonly teams: Transports['teams'] = (to, message, signal) => this.#bring(to, message, signal);
  readonly email: Transports['email'] = (to, message, signal) => this.#bring(to, message, signal);
  readonly commitStatus: Transports['commitStatus'] = (to, message, signal) =>
    this.#bring(to, message, signal);

  async #bring({ kind }: Channel, message: unknown, signal: AbortSignal): Promise<Delivery> {
    const brought = { kind, message };
    this.brought.push(brought);
    return this.receive(brought, signal);
  }
}
