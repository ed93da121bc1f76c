import type { Actor, LiveFlow, Settings } from '../../domain/flow.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { Json } from '../../domain/json.ts';
import type { WireFlow } from './wire.generated.ts';

/** A flow of the service in the product's words; the id in lower case, as the product compares it. */
export function liveFlowOf(wire: WireFlow, settings: Settings | undefined): LiveFlow {
  const { id, name, version, modifiedDate } = wire;
  const modifiedBy = actorOf(wire.modifiedBy);
  return {
    id: id.toLowerCase(),
    name,
    version,
    settings,
    ...(typeof modifiedDate === 'string' && { modifiedAt: modifiedDate }),
    ...(modifiedBy !== undefined && { modifiedBy }),
  };
}

/** Nice to know, so never a fault: what is not of the expected shape is left out. */
function actorOf(wire: Json | undefined): Actor | undefined {
  if (!isJsonObject(wire)) return undefined;
  const { id, name } = wire;
  const actor = {
    ...(typeof id === 'string' && { id }),
    ...(typeof name === 'string' && { name }),
  };
  return Object.keys(actor).length === 0 ? undefined : actor;
}
