import { BlockList, isIP } from 'node:net';
import type { Context } from 'hono';
import { sourceOf } from './source-address.ts';

/** A proxy that signs people in, and says in a header who they are. */
export interface ProxyConfig {
  /** Addresses, or networks as `10.0.0.0/8`, that requests of the proxy come from. */
  readonly addresses: readonly string[];
  /** In lower case. */
  readonly userHeader: string;
}

export interface Proxies {
  /** Whom the proxy names; undefined: it names nobody, or the request is not the proxy's, whatever its headers say. */
  nameOf(c: Context, config: ProxyConfig): string | undefined;
}

export function makeProxies(): Proxies {
  const lists = new WeakMap<readonly string[], BlockList>();
  const listOf = (addresses: readonly string[]): BlockList => {
    const list = lists.get(addresses) ?? networksOf(addresses);
    lists.set(addresses, list);
    return list;
  };
  return {
    nameOf(c, { addresses, userHeader }) {
      const name = c.req.header(userHeader)?.trim() ?? '';
      if (name === '') return undefined;
      const source = sourceOf(c);
      const family = isIP(source);
      if (family === 0) return undefined;
      return listOf(addresses).check(source, family === 6 ? 'ipv6' : 'ipv4') ? name : undefined;
    },
  };
}

function networksOf(addresses: readonly string[]): BlockList {
  const list = new BlockList();
  for (const each of addresses) {
    const [address = '', bits] = each.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}
