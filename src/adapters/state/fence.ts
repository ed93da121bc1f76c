import { FlowkeeperError } from '../../domain/errors.ts';
import type { OrgName } from '../../domain/flow.ts';
import type { Connection } from './state-database.ts';

/**
 * Refuses a holder of an org's lease that has lost it. Inside the transaction of what it protects, since another may
 * take the lease between any two.
 *
 * @param token undefined: nobody asks for a check
 * @throws state.lease-lost
 */
export function checkFence(
  durable: Connection,
  org: OrgName | undefined,
  token: number | undefined,
): void {
  if (token === undefined || org === undefined) return;
  const row = durable.get('select fencing_token from leases where org = ?', org);
  if (row?.['fencing_token'] === token) return;
  throw new FlowkeeperError('state.lease-lost', `Another flowkeeper took over ${org}`, { org });
}
