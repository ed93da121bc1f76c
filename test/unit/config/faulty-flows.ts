/** A text, and every fault of it. */
type Row = [string, ...string[]];

/** Whole flow files. */
export const FAULTY_FLOWS: Row[] = [
  ['{}', '1:1 the file needs `flowId` or `name` [desired.no-identity]'],
  ['[]', '1:1 the file must be a map; it is a list [schema.violation]'],
  ['x', '1:1 the file must be a map; it is the text "x" [schema.violation]'],
  ['null', '1:1 the file must be a map; it is empty [schema.violation]'],
  ['settings: {}', '1:1 the file needs `flowId` or `name` [desired.no-identity]'],
  [
    'flowId: nope',
    '1:9 `flowId` must be a UUID, for instance `a1b2c3d4-e5f6-7890-abcd-ef1234567890`; it is the text "nope" [schema.violation]',
  ],
  ['flowId: 5', '1:9 `flowId` must be text; it is 5 [schema.violation]'],
  ['flowId:', '1:1 `flowId` must be text; it is empty [schema.violation]'],
  ['name: ""', '1:7 `name` must be some text; it is the text "" [schema.violation]'],
  [
    'name: "a\\nb"',
    '1:7 `name` must be a name on one line, for instance `Primary Architecture Flow`; it is the text "a\\nb" [schema.violation]',
  ],
  ['name: 5', '1:7 `name` must be text; it is 5 [schema.violation]'],
];

/** What stands below a good flowId. */
export const FAULTY_WITH_ID: Row[] = [
  ['nmae: x', '2:1 `nmae` is not known in the file; did you mean `name`? [schema.unknown-key]'],
  [
    'flow_id: x',
    '2:1 `flow_id` is not known in the file; did you mean `flowId`? [schema.unknown-key]',
  ],
  [
    'zzz: x',
    '2:1 `zzz` is not known in the file; known are `flowId`, `name`, `description`, `extends`, `settings`, `dependsOn`, `requires`, `mode`, `suspend` and `ignore` [schema.unknown-key]',
  ],
  ['settings:', '2:1 `settings` must be a map; it is empty [schema.violation]'],
  ['settings: []', '2:11 `settings` must be a map; it is a list [schema.violation]'],
  [
    'settings: { routng: {} }',
    '2:13 `routng` is not known in `settings`; did you mean `routing`? [schema.unknown-key]',
  ],
  [
    'settings: { Routing: {} }',
    '2:13 `Routing` is not known in `settings`; did you mean `routing`? [schema.unknown-key]',
  ],
  [
    'settings: { scope-directive: 5 }',
    '2:13 `scope-directive` is not known in `settings`; did you mean `scopeDirectives`? [schema.unknown-key]',
    '2:30 `settings.scope-directive` must be a map or null; it is 5 [schema.violation]',
  ],
  [
    'settings: { custom: 5 }',
    '2:21 `settings.custom` must be a map or null; it is 5 [schema.violation]',
  ],
  [
    'settings: { routing: { maxWaitTime: -1 } }',
    '2:37 `settings.routing.maxWaitTime` must be at least 0; it is -1 [schema.violation]',
  ],
  [
    'settings: { routing: { maxWaitTime: 1.5 } }',
    '2:37 `settings.routing.maxWaitTime` must be a whole number or null; it is 1.5 [schema.violation]',
  ],
  [
    'settings: { routing: { maxWaitTime: ten } }',
    '2:37 `settings.routing.maxWaitTime` must be a whole number or null; it is the text "ten" [schema.violation]',
  ],
  [
    'settings: { routing: { maxWaitTimes: 1 } }',
    '2:24 `maxWaitTimes` is not known in `settings.routing`; did you mean `maxWaitTime`? [schema.unknown-key]',
  ],
  [
    'settings: { routing: { type: 5 } }',
    '2:30 `settings.routing.type` must be text or null; it is 5 [schema.violation]',
  ],
  [
    'settings: { routing: { type: "" } }',
    '2:30 `settings.routing.type` must be some text; it is the text "" [schema.violation]',
  ],
  [
    'settings: { routing: { scope: { kind: org } } }',
    '2:33 `kind` is not known in `settings.routing.scope`; known are `type` and `id` [schema.unknown-key]',
  ],
  [
    'settings: { routing: { scope: org } }',
    '2:31 `settings.routing.scope` must be a map or null; it is the text "org" [schema.violation]',
  ],
  [
    'settings: { configurationMatrix: { p: { key: a, vaule: 1 } } }',
    '2:49 `vaule` is not known in `settings.configurationMatrix.p`; did you mean `value`? [schema.unknown-key]',
  ],
  [
    'settings: { configurationMatrix: { p: 5 } }',
    '2:39 `settings.configurationMatrix.p` must be a map or null; it is 5 [schema.violation]',
  ],
  [
    'settings: { configurationMatrix: [] }',
    '2:34 `settings.configurationMatrix` must be a map or null; it is a list [schema.violation]',
  ],
  [
    'settings: { configurationMatrix: { p: { key: 5, value: [] } } }',
    '2:46 `settings.configurationMatrix.p.key` must be text or null; it is 5 [schema.violation]',
  ],
  [
    'settings: { scopeDirectives: { applyTo: [queue, queu] } }',
    '2:49 `settings.scopeDirectives.applyTo[1]` must be `queue`, `user` or `team`; it is the text "queu"; did you mean `queue`? [schema.violation]',
  ],
  [
    'settings: { scopeDirectives: { applyTo: [queue, user, queue] } }',
    '2:55 `settings.scopeDirectives.applyTo[2]` is there already; each may stand once in `settings.scopeDirectives.applyTo` [schema.violation]',
  ],
  [
    'settings: { scopeDirectives: { applyTo: queue } }',
    '2:41 `settings.scopeDirectives.applyTo` must be a list or null; it is the text "queue" [schema.violation]',
  ],
  [
    'settings: { scopeDirectives: { enforceHierarchy: "yes" } }',
    '2:50 `settings.scopeDirectives.enforceHierarchy` must be true or false or null; it is the text "yes" [schema.violation]',
  ],
  [
    'settings: { scopeDirectives: { enforceHierarchie: true } }',
    '2:32 `enforceHierarchie` is not known in `settings.scopeDirectives`; did you mean `enforceHierarchy`? [schema.unknown-key]',
  ],
  ['constructor: 1', '2:1 `constructor` is not allowed as a key [schema.unknown-key]'],
  [
    'extends: /etc/x.yaml',
    '2:10 `extends` must be a path of a YAML file, for instance `../../_shared/ivr.yaml`; it is the text "/etc/x.yaml" [schema.violation]',
  ],
  [
    'extends: a.json',
    '2:10 `extends` must be a path of a YAML file, for instance `../../_shared/ivr.yaml`; it is the text "a.json" [schema.violation]',
  ],
  ['extends: [a.yaml]', '2:10 `extends` must be text; it is a list [schema.violation]'],
  ['dependsOn: x', '2:12 `dependsOn` must be a list; it is the text "x" [schema.violation]'],
  [
    'dependsOn: [x]',
    '2:13 `dependsOn[0]` must be a UUID, for instance `a1b2c3d4-e5f6-7890-abcd-ef1234567890`; it is the text "x" [schema.violation]',
  ],
  [
    'dependsOn: [b1b2c3d4-e5f6-7890-abcd-ef1234567890, b1b2c3d4-e5f6-7890-abcd-ef1234567890]',
    '2:51 `dependsOn[1]` is there already; each may stand once in `dependsOn` [schema.violation]',
  ],
  ['dependsOn:', '2:1 `dependsOn` must be a list; it is empty [schema.violation]'],
  [
    'requires: { queue: [a] }',
    '2:13 `queue` is not known in `requires`; did you mean `queues`? [schema.unknown-key]',
  ],
  [
    'requires: { queues: a }',
    '2:21 `requires.queues` must be a list; it is the text "a" [schema.violation]',
  ],
  [
    'requires: { queues: [1] }',
    '2:22 `requires.queues[0]` must be text; it is 1 [schema.violation]',
  ],
  [
    'requires: { queues: [""] }',
    '2:22 `requires.queues[0]` must be some text; it is the text "" [schema.violation]',
  ],
  [
    'mode: enforced',
    '2:7 `mode` must be `enforce` or `report`; it is the text "enforced"; did you mean `enforce`? [schema.violation]',
  ],
  [
    'mode: off',
    '2:7 `mode` must be `enforce` or `report`; it is the text "off" [schema.violation]',
  ],
  ['suspend: true', '2:10 `suspend` must be a map; it is true [schema.violation]'],
  ['suspend:', '2:1 `suspend` must be a map; it is empty [schema.violation]'],
  ['suspend: {}', '2:10 `suspend` needs `reason` [schema.violation]'],
  [
    'suspend: { reason: x, until: tomorrow }',
    '2:30 `suspend.until` must be an instant or date, for instance `2026-12-01T00:00:00Z` or `2026-12-31`; it is the text "tomorrow" [schema.violation]',
  ],
  [
    'suspend: { reason: x, until: 2026-02-30 }',
    '2:30 `suspend.until` must be an instant or date, for instance `2026-12-01T00:00:00Z` or `2026-12-31`; it is the text "2026-02-30" [schema.violation]',
  ],
  [
    'suspend: { reason: x, until: 2026-12-01T00:00:00 }',
    '2:30 `suspend.until` must be an instant or date, for instance `2026-12-01T00:00:00Z` or `2026-12-31`; it is the text "2026-12-01T00:00:00" [schema.violation]',
  ],
  [
    'suspend: { reason: x, til: 2026-12-01 }',
    '2:23 `til` is not known in `suspend`; known are `reason`, `by` and `until` [schema.unknown-key]',
  ],
  ['ignore: { path: /a }', '2:9 `ignore` must be a list; it is a map [schema.violation]'],
  [
    'ignore: [{ path: routing }]',
    '2:18 `ignore[0].path` must be a JSON pointer under `settings`, for instance `/routing/maxWaitTime`; it is the text "routing" [schema.violation]',
  ],
  [
    'ignore: [{ path: / }]',
    '2:18 `ignore[0].path` must be a JSON pointer under `settings`, for instance `/routing/maxWaitTime`; it is the text "/" [schema.violation]',
  ],
  ['ignore: [{ reason: x }]', '2:10 `ignore[0]` needs `path` [schema.violation]'],
  [
    'ignore: [{ path: /a~2 }]',
    '2:18 `ignore[0].path` must be a JSON pointer under `settings`, for instance `/routing/maxWaitTime`; it is the text "/a~2" [schema.violation]',
  ],
  [
    'ignore: [/routing]',
    '2:10 `ignore[0]` must be a map; it is the text "/routing" [schema.violation]',
  ],
  ['description: 5', '2:14 `description` must be text; it is 5 [schema.violation]'],
  [
    'flowId: b1b2c3d4-e5f6-7890-abcd-ef1234567890',
    '2:1 `flowId` stands twice in this map [yaml.syntax]',
  ],
];
