import type { CommandHelp } from './help-words.ts';

/** Of the commands for those who edit. */
export const EDITING_HELP: Readonly<Record<string, CommandHelp>> = {
  validate: {
    examples: [
      ['the repository of this folder', 'flowkeeper validate'],
      ['annotations beside the lines of a pull request', 'flowkeeper validate --output github'],
      [
        'what is in effect for a flow, with its bases and the policy, and where each value is said',
        "flowkeeper validate --explain 'Customer Support'",
      ],
      ['a report for GitHub code scanning', 'flowkeeper validate --output sarif > faults.sarif'],
    ],
    exits: { 0: 'no faults', 3: 'something has a fault' },
  },
  watch: {
    examples: [
      ['beside the editor, in a second terminal', 'flowkeeper watch'],
      ['files alone, where no org can be reached', 'flowkeeper watch ../contact-centre'],
      [
        'against one org, read anew every five minutes',
        'flowkeeper watch --config flowkeeper.yaml --org acme-dev --refresh 300',
      ],
    ],
    exits: { 0: 'it was asked to end, and did' },
  },
  completion: {
    examples: [
      ['in this bash', 'source <(flowkeeper completion bash)'],
      [
        'in every zsh, where ~/.zfunc is in fpath',
        'flowkeeper completion zsh > ~/.zfunc/_flowkeeper',
      ],
      ['in every fish', 'flowkeeper completion fish > ~/.config/fish/completions/flowkeeper.fish'],
    ],
    exits: { 0: 'printed' },
  },
};
