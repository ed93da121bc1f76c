/** The paths of the contract. */
export const DEFAULT_PATHS = {
  token: '/api/v2/oauth/token',
  flows: '/api/v2/architect/flows',
  reload: '/api/v2/architect/flows/reload',
  flow: '/api/v2/architect/flows/{flowId}',
  queues: '/api/v2/routing/queues',
  queue: '/api/v2/routing/queues/{id}',
  users: '/api/v2/users',
  user: '/api/v2/users/{id}',
  teams: '/api/v2/teams',
  team: '/api/v2/teams/{id}',
} as const;

export type RouteName = keyof typeof DEFAULT_PATHS;
/** Templates with at most one `{parameter}`, as a whole segment. */
export type Paths = Readonly<Record<RouteName, string>>;

export interface Route {
  readonly name: RouteName;
  readonly template: string;
  /** The decoded value of the path's one parameter, or ''. */
  readonly id: string;
}

interface Compiled {
  readonly name: RouteName;
  readonly template: string;
  readonly before: string;
  readonly after: string;
}

/** Finds the route of a path. A path without parameter goes before one with (`/flows/reload`). */
export class Router {
  readonly #fixed = new Map<string, Route>();
  readonly #open: Compiled[] = [];

  constructor(paths: Paths) {
    for (const [key, template] of Object.entries(paths)) {
      const name = key as RouteName;
      const [before = '', after] = template.split(/\{[^}]*\}/);
      if (after === undefined) this.#fixed.set(template, { name, template, id: '' });
      else this.#open.push({ name, template, before, after });
    }
  }

  resolve(path: string): Route | undefined {
    const fixed = this.#fixed.get(path);
    if (fixed !== undefined) return fixed;
    for (const { name, template, before, after } of this.#open) {
      if (!path.startsWith(before) || !path.endsWith(after)) continue;
      const id = decode(path.slice(before.length, path.length - after.length));
      if (id !== '' && !id.includes('/')) return { name, template, id };
    }
    return undefined;
  }

  /** Whether a template names one of the routes, whatever it calls the parameter. */
  knows(template: string): boolean {
    const wanted = anonymous(template);
    return this.#open.some((open) => anonymous(open.template) === wanted);
  }
}

/** A template without the name of its parameter, to compare two. */
export function anonymous(template: string): string {
  return template.replace(/\{[^}]*\}/, '{}');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
