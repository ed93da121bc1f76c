const text = { type: 'string' } as const;
const whole = { type: 'integer' } as const;
const instant = { type: 'string', format: 'date-time' } as const;
const list = (items: object): object => ({ type: 'array', items });
const object = (properties: Readonly<Record<string, object>>): object => ({
  type: 'object',
  properties,
});
const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });

const answer = (description: string, schema: object): object => ({
  description,
  content: { 'application/json': { schema } },
});
const REFUSED = answer('Not without a token.', ref('Error'));
const UNKNOWN = answer('There is no such org or flow.', ref('Error'));

const parameter = (name: string, place: 'path' | 'query', description: string): object => ({
  name,
  in: place,
  description,
  required: place === 'path',
  schema: text,
});
const ORG = parameter('org', 'path', 'Name of the org.');
const FLOW = parameter('flow', 'path', 'Id of the flow.');
const VERSION = parameter('version', 'path', 'Version of the flow whose settings were stored.');

const read = (summary: string, schema: object, parameters: readonly object[] = []): object => ({
  get: {
    summary,
    parameters,
    responses: { 200: answer('As it is now.', schema), 401: REFUSED, 404: UNKNOWN },
  },
});
const bodyOf = (properties: Readonly<Record<string, object>>): object => ({
  required: true,
  content: {
    'application/json': {
      schema: { ...object(properties), required: Object.keys(properties) },
    },
  },
});
const act = (
  summary: string,
  parameters: readonly object[],
  body?: Readonly<Record<string, object>>,
): object => ({
  post: {
    summary,
    ...(body && { requestBody: bodyOf(body) }),
    parameters: [
      ...parameters,
      {
        name: 'X-Flowkeeper-User',
        in: 'header',
        description: 'Who asks; goes into the audit. Whom a proxy names is known already.',
        schema: text,
      },
    ],
    responses: {
      202: answer(
        'Accepted: on the disk, and a run follows.',
        object({ accepted: { type: 'boolean' } }),
      ),
      403: REFUSED,
      404: UNKNOWN,
      ...(body && { 409: answer('Nothing was changed; the error says why.', ref('Error')) }),
    },
  },
});

const FLOW_ROW = object({
  ...{ flowId: text, name: text, state: text, file: text, since: instant, why: text },
  version: { type: 'number' },
});
const RUN = object({
  ...{ org: text, runId: text, revision: text, startedAt: instant },
  ...{ durationMs: { type: 'number' }, exitCode: whole, summary: text, held: text },
  heldPlan: { ...text, description: 'Digest of the plan that the gate mass-change holds.' },
  outcomes: { type: 'object', additionalProperties: whole },
  counts: { type: 'object', additionalProperties: whole },
  waiting: list(object({ flowId: text, name: text, status: text, reason: text, retryAt: instant })),
  error: object({ code: text, message: text }),
});
const ORG_VIEW = object({
  ...{ org: text, state: { type: ['string', 'null'] }, reason: text },
  flows: { type: 'object', additionalProperties: whole },
  ...{ failures: whole, waiting: { type: 'boolean' }, nextRunAt: instant, runningSince: instant },
  lastRun: ref('Run'),
});

/** Keys may be added within v1; none changes its meaning. */
export const OPENAPI = {
  openapi: '3.1.0',
  info: { title: 'flowkeeper controller', version: 'v1' },
  servers: [{ url: '/api/v1' }],
  security: [{ token: [] }],
  paths: {
    '/orgs': read(
      'Every org of the config',
      object({ revision: { type: ['string', 'null'] }, orgs: list(ref('Org')) }),
    ),
    '/orgs/{org}/flows': read(
      'Flows that git describes, those that need somebody first',
      object({ total: whole, flows: list(ref('FlowRow')) }),
      [
        ORG,
        parameter('q', 'query', 'Part of a name, an id or a file.'),
        parameter('state', 'query', 'For instance InSync.'),
        parameter('limit', 'query', 'At most 1000; 100 if left out.'),
        parameter('offset', 'query', 'How many to skip.'),
      ],
    ),
    '/orgs/{org}/flows/{flow}': read(
      'The status document of a flow, as on the status branch',
      { type: 'object', description: 'schemas/status.schema.json' },
      [ORG, FLOW],
    ),
    '/orgs/{org}/flows/{flow}/snapshots/{version}': read(
      'The settings of a flow that were stored before a write',
      object({ version: whole, takenAt: instant, settings: { type: 'object' } }),
      [ORG, FLOW, VERSION],
    ),
    '/orgs/{org}/runs': read('The last runs, newest first', object({ runs: list(ref('Run')) }), [
      ORG,
      parameter('limit', 'query', 'At most 1000; 100 if left out.'),
    ]),
    '/orgs/{org}/run': act('Look again now', [ORG]),
    '/orgs/{org}/approve': act(
      'Let the next run write the plan that the gate mass-change holds, if it is still that plan',
      [ORG],
      { digest: { ...text, description: 'heldPlan of the last run.' } },
    ),
    '/orgs/{org}/flows/{flow}/retry': act('Try again what is held back of a flow', [ORG, FLOW]),
    '/orgs/{org}/flows/{flow}/suspend': act('Leave a flow alone until an instant', [ORG, FLOW], {
      until: { ...instant, description: 'At most 31 days from now.' },
      reason: { ...text, description: 'Why, in one line.' },
    }),
    '/orgs/{org}/flows/{flow}/resume': act('Let a flow go on that was suspended by hand', [
      ORG,
      FLOW,
    ]),
  },
  components: {
    securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    schemas: { Error: object({ error: text }), FlowRow: FLOW_ROW, Run: RUN, Org: ORG_VIEW },
  },
} as const;
