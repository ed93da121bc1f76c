/** A text, and every fault of it. */
type Row = [string, ...string[]];

export const FAULTY_POLICIES: Row[] = [
  [
    'mode: reporting',
    '1:7 `mode` must be `enforce` or `report`; it is the text "reporting"; did you mean `report`? [schema.violation]',
  ],
  ['mode:', '1:1 `mode` must be `enforce` or `report`; it is empty [schema.violation]'],
  ['interval: 5', '1:11 `interval` must be text; it is 5 [schema.violation]'],
  [
    'interval: 5 m',
    '1:11 `interval` must be a duration, for instance `30s`, `5m` or `24h`; it is the text "5 m" [schema.violation]',
  ],
  [
    'interval: 999ms',
    '1:11 `interval` must be at least 1s; it is the text "999ms" [schema.violation]',
  ],
  ['interval: 8d', '1:11 `interval` must be at most 7d; it is the text "8d" [schema.violation]'],
  [
    'rate: { perflow: 1s }',
    '1:9 `perflow` is not known in `rate`; did you mean `perFlow`? [schema.unknown-key]',
  ],
  [
    'rate: { perFlow: 31d }',
    '1:18 `rate.perFlow` must be at most 30d; it is the text "31d" [schema.violation]',
  ],
  [
    'rate: { updatesPerMinute: 0 }',
    '1:27 `rate.updatesPerMinute` must be at least 1; it is 0 [schema.violation]',
  ],
  [
    'massChange: { maxShare: 1.1 }',
    '1:25 `massChange.maxShare` must be at most 1; it is 1.1 [schema.violation]',
  ],
  [
    'massChange: { maxShare: -0.1 }',
    '1:25 `massChange.maxShare` must be at least 0; it is -0.1 [schema.violation]',
  ],
  [
    'massChange: { maxFlows: 1.5 }',
    '1:25 `massChange.maxFlows` must be a whole number; it is 1.5 [schema.violation]',
  ],
  ['freeze: {}', '1:9 `freeze` must be a list; it is a map [schema.violation]'],
  ['freeze: [{ name: x }]', '1:10 `freeze[0]` needs `from` or `cron` [schema.violation]'],
  [
    'freeze: [{ name: x, from: 2026-01-01 }]',
    '1:21 `from` needs `until` beside it [schema.violation]',
  ],
  [
    'freeze: [{ name: x, from: 2026-01-02, until: 2026-01-01 }]',
    '1:46 `until` is not after `from` [schema.violation]',
  ],
  [
    'freeze: [{ name: x, from: 2026-01-02T00:00:00Z, until: 2026-01-02T00:00:00Z }]',
    '1:56 `until` is not after `from` [schema.violation]',
  ],
  [
    'freeze: [{ name: x, cron: "0 1 * * *" }]',
    '1:21 `cron` needs `duration` beside it [schema.violation]',
  ],
  [
    'freeze: [{ name: x, cron: "0 24 * * *", duration: 1h }]',
    '1:27 `freeze[0].cron` must be a cron line of five fields, for instance `0 7 * * 1-5`; it is the text "0 24 * * *" [schema.violation]',
  ],
  [
    'freeze:\n  - { name: x, from: 2026-01-01, until: 2026-01-02 }\n  - { name: y, cron: "0 0 31 6 *", duration: 1h }',
    '3:22 `freeze[1].cron` must be a cron line of five fields, for instance `0 7 * * 1-5`; it is the text "0 0 31 6 *" [schema.violation]',
  ],
  [
    'freeze: [{ name: x, cron: "0 1 L * *", duration: 1h }]',
    '1:27 `freeze[0].cron` must be a cron line of five fields, for instance `0 7 * * 1-5`; it is the text "0 1 L * *" [schema.violation]',
  ],
  [
    'freeze: [{ name: x, cron: "0 1 * * *", duration: 1h, timezone: "+01:00" }]',
    '1:64 `freeze[0].timezone` must be a time zone, for instance `UTC` or `Europe/Berlin`; it is the text "+01:00" [schema.violation]',
  ],
  [
    'freeze: [{ name: x, cron: "0 1 * * *", duration: 1h, from: 2026-01-01, until: 2026-01-02 }]',
    '1:10 `freeze[0]` may have only one of `from` and `cron` [schema.violation]',
  ],
  [
    'freeze: [{ name: x, cron: "0 1 * * *", duration: 1h, timezone: Mars/Base }]',
    '1:64 `freeze[0].timezone` must be a time zone, for instance `UTC` or `Europe/Berlin`; it is the text "Mars/Base" [schema.violation]',
  ],
  [
    'freeze: [{ name: x, cron: "0 1 * * *", duration: 59s }]',
    '1:50 `freeze[0].duration` must be at least 1m; it is the text "59s" [schema.violation]',
  ],
  [
    'freeze: [{ from: 2026-01-01, until: 2026-01-02 }]',
    '1:10 `freeze[0]` needs `name` [schema.violation]',
  ],
  [
    'freezeOverrides: [{ name: x, until: 2026-01-01, reason: y }]',
    '1:19 `freezeOverrides[0]` needs `by` [schema.violation]',
  ],
  [
    'freezeOverrides: [{ name: x, by: z, reason: y }]',
    '1:19 `freezeOverrides[0]` needs `until` [schema.violation]',
  ],
  [
    'freezeOverrides: [{ name: x, until: 2026-01-01, reason: y, by: z, window: [a] }]',
    '1:67 `window` is not known in `freezeOverrides[0]`; did you mean `windows`? [schema.unknown-key]',
  ],
  [
    'freeze: [{ name: year end, from: 2026-12-20, until: 2026-12-31 }]\nfreezeOverrides: [{ name: x, until: 2026-01-01, reason: y, by: z, windows: [year ende] }]',
    '2:77 no freeze window is called "year ende"; did you mean "year end"? [schema.violation]',
  ],
  [
    'freezeOverrides: [{ name: x, until: 2026-01-01, reason: y, by: z, windows: [weekend] }]',
    '1:77 no freeze window is called "weekend" [schema.violation]',
  ],
  [
    'freezeOverrides:\n  - { name: x, until: 2026-01-01, reason: y, by: z }\n  - { name: x, until: 2026-01-02, reason: y, by: z }',
    '3:13 another freeze override has this `name`; audit records tell them apart by it [schema.violation]',
  ],
  [
    'apply: { concurrency: 0 }',
    '1:23 `apply.concurrency` must be at least 1; it is 0 [schema.violation]',
  ],
  [
    'apply: { concurrency: 101 }',
    '1:23 `apply.concurrency` must be at most 100; it is 101 [schema.violation]',
  ],
  [
    'apply: { onReloadFailure: roll-back }',
    '1:27 `apply.onReloadFailure` must be `keep` or `rollback`; it is the text "roll-back"; did you mean `rollback`? [schema.violation]',
  ],
  [
    'apply: { verifyTimeout: 31m }',
    '1:25 `apply.verifyTimeout` must be at most 30m; it is the text "31m" [schema.violation]',
  ],
  [
    'report: { schedule: "* * * *" }',
    '1:21 `report.schedule` must be a cron line of five fields, for instance `0 7 * * 1-5`; it is the text "* * * *" [schema.violation]',
  ],
  [
    'report: { timezone: "" }',
    '1:21 `report.timezone` must be a time zone, for instance `UTC` or `Europe/Berlin`; it is the text "" [schema.violation]',
  ],
  ['apply:', '1:1 `apply` must be a map; it is empty [schema.violation]'],
  [
    'massChanges: {}',
    '1:1 `massChanges` is not known in the file; did you mean `massChange`? [schema.unknown-key]',
  ],
];
