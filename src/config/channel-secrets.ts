import type { Channel } from '../domain/destination.ts';
import { urlOf } from './service-url.ts';

/** What a redactor must never let through: of a URL also the part that tells who posts. */
export function secretsOfChannel(channel: Channel): readonly string[] {
  switch (channel.kind) {
    case 'webhook':
      return [...hidden(channel.url), ...channel.secrets];
    case 'slack':
    case 'teams':
      return hidden(channel.url);
    case 'email':
      return channel.password === undefined ? [] : [channel.password];
    case 'commit-status':
      return [channel.token];
  }
}

/** A path as short as `/hooks` is no secret, and would be found everywhere. */
const LEAST_SECRET_PATH = 16;

function hidden(text: string): readonly string[] {
  const url = urlOf(text);
  const { pathname = '', search = '' } = url ?? {};
  const values = [...(url?.searchParams.values() ?? [])];
  const parts = [pathname, search, ...values].filter(({ length }) => length >= LEAST_SECRET_PATH);
  return [text, ...parts];
}
