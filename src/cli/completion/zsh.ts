import { valueCases } from './words.ts';
import type { CompletedCommand, CompletedOption, Value } from './words.ts';

/** Works as an autoloaded file of `fpath`, and when it is sourced. */
export function zshScript(commands: readonly CompletedCommand[]): string {
  const deeper = commands.map(({ at }) => at).filter((at) => at !== '');
  return `#compdef flowkeeper
# flowkeeper completion for zsh: flowkeeper completion zsh > ~/.zfunc/_flowkeeper
_flowkeeper() {
  local at='' word prev="\${words[CURRENT-1]}"
  local -a items
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$at/$word" in
      ${deeper.join('|')}) at="$at/$word" ;;
    esac
  done
  if [[ "\${words[CURRENT]}" == --*=* ]]; then
    prev="\${words[CURRENT]%%=*}"
    compset -P '*='
  fi
  case "$at:$prev" in
${valueCases(commands, actionOf)}
  esac
  case "\${words[CURRENT]}:$at" in
${commands.map(optionCase).join('\n')}
${commands.map(wordCase).join('\n')}
  esac
}
if [ "$funcstack[1]" = '_flowkeeper' ]; then _flowkeeper "$@"; else compdef _flowkeeper flowkeeper; fi
`;
}

function actionOf(value: Value): string {
  if (value.kind === 'choices') return `items=(${value.choices.join(' ')}); compadd -a items`;
  return value.kind === 'files' ? '_files' : 'return 1';
}

function optionCase({ at, options }: CompletedCommand): string {
  const items = options.map(({ flag, description }) => described(flag, description)).join(' ');
  return `    -*:${at}) items=(${items}); _describe -o option items ;;`;
}

function wordCase({ at, subcommands, argument }: CompletedCommand): string {
  if (subcommands.length === 0) return `    *:${at}) ${actionOf(argument)} ;;`;
  const items = subcommands.map(({ name, description }) => described(name, description)).join(' ');
  return `    *:${at}) items=(${items}); _describe command items ;;`;
}

function described(word: CompletedOption['flag'], description: string): string {
  return `'${word}:${description.replaceAll("'", "'\\''")}'`;
}
