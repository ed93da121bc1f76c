import { EDITING_HELP } from './editing-help.ts';
import type { CommandHelp } from './help-words.ts';

/** By the words of the command. A test wants an entry for each command, and tries that every example is understood. */
export const COMMAND_HELP: Readonly<Record<string, CommandHelp>> = {
  ...EDITING_HELP,
  demo: {
    examples: [['see all of it once, without an account', 'flowkeeper demo']],
    exits: { 0: 'everything came out as it tells' },
  },
  run: {
    examples: [
      ['the controller, until SIGTERM', 'flowkeeper run'],
      [
        'with a config of its own, and a minute for what is under way at the end',
        'flowkeeper run --config /etc/flowkeeper/flowkeeper.yaml --grace 60',
      ],
    ],
    exits: { 0: 'it was asked to end, and did' },
  },
  reconcile: {
    examples: [
      ['write what differs, in every org', 'flowkeeper reconcile'],
      [
        'in one org, with the result for a program',
        'flowkeeper reconcile --org acme-prod --output json',
      ],
      [
        'go on with a plan that the mass-change gate holds, after a look at it',
        'flowkeeper reconcile --org acme-prod --approve 5f1c…',
      ],
    ],
    exits: {
      0: 'every flow is as git says',
      2: 'something is deferred, blocked, missing, or waits for a reload',
      3: 'config, policy or a flow file is invalid',
      4: 'a gate denied the run',
    },
  },
  init: {
    examples: [
      ['answer a few questions', 'flowkeeper init'],
      [
        'without a terminal; the secrets stay in the environment',
        'flowkeeper init --repository https://git.example.com/acme/contact-centre.git --git-token-env FLOWKEEPER_GIT_TOKEN --org acme-prod --org-id 0b1e5f0c-3c1c-4a52-9a0e-0f6b3e1f2a11',
      ],
    ],
    exits: {
      0: 'written, and each answer works',
      1: 'a file is there already, or something that was tried failed; nothing was written',
      3: 'an answer cannot stand in a config, or a variable is not set',
    },
  },
  diff: {
    examples: [
      [
        'before the calls failed this night',
        "flowkeeper diff 'Customer Support' --at 2026-11-24T03:00:00+01:00",
      ],
    ],
    exits: {
      0: 'nothing differed then, as far as it was recorded',
      2: 'git and the org differed then',
    },
  },
  promote: {
    examples: [
      [
        'what was tried in dev, to prod',
        "flowkeeper promote 'Customer Support' --from dev --to prod",
      ],
    ],
    exits: {
      0: 'the file says the same, for a person to commit',
      2: 'the file cannot be edited without losing a comment, and was left as it is',
    },
  },
  revert: {
    examples: [
      ['the last change of a flow', "flowkeeper revert 'Customer Support'"],
      [
        'all that a run brought, in a clone',
        'flowkeeper revert run-20261124T093000Z-8f3a21 --folder ../contact-centre',
      ],
    ],
    exits: {
      0: 'the commit is on its branch, for a person to push',
      2: 'something of it could not be reverted so, and is told',
    },
  },
  'audit export': {
    examples: [
      [
        'a year, with its proof',
        'flowkeeper audit export --from 2026-01-01 --to 2026-12-31 --proof proof.json > audit.jsonl',
      ],
      [
        'a month for a spreadsheet',
        'flowkeeper audit export --from 2026-11-01 --to 2026-11-30 --output csv > audit.csv',
      ],
    ],
    exits: {
      0: 'exported, and every chain is whole',
      1: 'exported, and a chain is not whole; or it failed',
    },
  },
  wait: {
    examples: [
      ['after a merge, in a pipeline', 'flowkeeper wait "$CI_COMMIT_SHA" --timeout 10m'],
      ['all commits of a push together', 'flowkeeper wait HEAD --base "$BEFORE" --output json'],
    ],
    exits: {
      0: 'applied: each flow that the commit changes is live as it says, or it changes none',
      1: 'failed: refused, rolled back, stuck or written by others; or the command failed',
      2: 'held: left alone (mode report, suspended, missing), or still put off when time is over',
      3: 'a file, the policy or the config is invalid',
      4: 'a gate wants a person first, such as mass change',
      5: 'not yet: nothing is known of it when time is over',
    },
  },
  plan: {
    examples: [
      ['what the next run would write', 'flowkeeper plan'],
      [
        'what merging this branch would change live',
        'flowkeeper plan --base origin/main --revision HEAD',
      ],
      [
        'the same for a comment on the pull request',
        'flowkeeper plan --base origin/main --revision HEAD --output markdown',
      ],
    ],
    exits: {
      0: 'nothing differs',
      2: 'something differs',
      3: 'config, policy or a flow file is invalid',
    },
  },
  export: {
    examples: [
      [
        'what would be written, first',
        'flowkeeper export --org acme-prod --dry-run ../contact-centre',
      ],
      ['into a clone of the repository', 'flowkeeper export --org acme-prod ../contact-centre'],
    ],
    exits: {
      0: 'written; the next plan is empty',
      2: 'a file was left as it is, or describes a flow that the org has not',
      3: 'the config or a file that is there is invalid',
    },
  },
  report: {
    examples: [
      ['the drift of every org, to read', 'flowkeeper report'],
      ['one page with charts, to send around', 'flowkeeper report --output html > drift.html'],
    ],
    exits: { 0: 'no drift', 2: 'drift remains', 3: 'config, policy or a flow file is invalid' },
  },
  notify: {
    examples: [
      ['what waits, and what was given up and why', 'flowkeeper notify'],
      ['try every destination, after a change to the config', 'flowkeeper notify --test'],
      ['see what a template makes of it', 'flowkeeper notify --dry-run --destination ops'],
      ['once a receiver is mended', 'flowkeeper notify --retry --destination cmdb'],
    ],
    exits: {
      0: 'nothing was given up; with --test: each took the test',
      1: 'something was given up; with --test: one did not take it',
    },
  },
  accept: {
    examples: [
      ['take over what the org has of a flow', "flowkeeper accept 'Customer Support'"],
      ['one field of it', "flowkeeper accept 'Customer Support' --field /routing/maxWaitTime"],
    ],
    exits: {
      0: 'the file says what the org has',
      2: 'the file is left as it is, since a comment would be lost',
    },
  },
  ignore: {
    examples: [
      ['entries for two weeks', "flowkeeper ignore 'Customer Support'"],
      [
        'for one field, until a date, with who decides meanwhile',
        "flowkeeper ignore 'Customer Support' --field /routing/maxWaitTime --until 2026-12-31 --owner wfm",
      ],
    ],
    exits: { 0: 'printed; nothing is written' },
  },
  comment: {
    examples: [
      ['in GitHub Actions or GitLab CI, where the rest is known', 'flowkeeper comment plan.md'],
      [
        'anywhere else, with GITHUB_TOKEN in the environment',
        'flowkeeper comment plan.md --host github --repository acme/contact-centre --number 7',
      ],
      [
        'straight from the plan',
        'flowkeeper plan --base origin/main --output markdown | flowkeeper comment -',
      ],
    ],
    exits: { 0: 'written, or told on stderr why not', 1: 'with --strict: not written' },
  },
  status: {
    examples: [
      ['a line for each org', 'flowkeeper status'],
      ['all that is known of a flow', "flowkeeper status 'Customer Support'"],
      ['a screen that follows it, or a log of what changes', 'flowkeeper status --watch'],
    ],
    exits: { 0: 'everything is in sync', 2: 'a flow is not, or a file has faults' },
  },
  explain: {
    examples: [
      ['which run covered a commit, or why none did yet', 'flowkeeper explain 1de974edd9'],
      ['which freeze windows stand on Christmas Eve', 'flowkeeper explain --at 2026-12-24'],
    ],
    exits: {
      0: 'told; of a revision: a run covered it and nothing waits',
      2: 'of a revision: something still waits',
      3: 'the config or a policy is invalid',
    },
  },
  history: {
    examples: [
      ['what was written to a flow, and for whom', "flowkeeper history 'Customer Support'"],
    ],
    exits: { 0: 'told' },
  },
  retry: {
    examples: [['let the next run try again', "flowkeeper retry 'Customer Support'"]],
    exits: { 0: 'released, or nothing was held back' },
  },
  rollback: {
    examples: [
      ['back to what was before the last write', "flowkeeper rollback 'Customer Support'"],
      ['back to a version that history names', "flowkeeper rollback 'Customer Support' --to 7"],
    ],
    exits: {
      0: 'the snapshot is back, or was in effect already',
      2: 'deferred',
      4: 'a gate denied it',
    },
  },
  'audit verify': {
    examples: [['check the whole chain of every org', 'flowkeeper audit verify']],
    exits: { 0: 'whole', 1: 'a record was changed, taken out, moved or put in' },
  },
  doctor: {
    examples: [
      ['before the first run, and when something is odd', 'flowkeeper doctor'],
      ['after the state folder was lost', 'flowkeeper doctor --rebuild-state'],
    ],
    exits: { 0: 'nothing failed', 1: 'something failed; its line has the next step' },
  },
  simulate: {
    examples: [
      ['an org with 100 made-up flows', 'flowkeeper simulate --flows 100 --port 4010'],
      [
        'the flows that a repository describes',
        'flowkeeper simulate --from desired-state/acme-demo --port 4010',
      ],
    ],
    exits: { 0: 'it was asked to end, and did' },
  },
};
