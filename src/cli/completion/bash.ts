import { valueCases } from './words.ts';
import type { CompletedCommand, Value } from './words.ts';

/** For bash 3.2 (macOS; file names from bash 4 on) and later, without the package bash-completion. */
export function bashScript(commands: readonly CompletedCommand[]): string {
  const deeper = commands.map(({ at }) => at).filter((at) => at !== '');
  return `# flowkeeper completion for bash: source <(flowkeeper completion bash)
_flowkeeper() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" at='' words='' i
  # bash takes --output=json for three words
  if [ "$prev" = '=' ]; then prev="\${COMP_WORDS[COMP_CWORD-2]}"; fi
  if [ "$cur" = '=' ]; then cur=''; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$at/\${COMP_WORDS[i]}" in
      ${deeper.join('|')}) at="$at/\${COMP_WORDS[i]}" ;;
    esac
  done
  COMPREPLY=()
  case "$at:$prev" in
${valueCases(commands, actionOf)}
  esac
  case "$cur:$at" in
${commands.map(optionCase).join('\n')}
${commands.flatMap(wordCase).join('\n')}
    *) compopt -o default 2>/dev/null; return ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -F _flowkeeper flowkeeper
`;
}

function actionOf(value: Value): string {
  if (value.kind === 'choices')
    return `COMPREPLY=($(compgen -W "${value.choices.join(' ')}" -- "$cur"))`;
  return value.kind === 'files' ? 'compopt -o default 2>/dev/null' : ':';
}

function optionCase({ at, options }: CompletedCommand): string {
  return `    -*:${at}) words='${options.map(({ flag }) => flag).join(' ')}' ;;`;
}

function wordCase({ at, subcommands, argument }: CompletedCommand): readonly string[] {
  if (subcommands.length > 0)
    return [`    *:${at}) words='${subcommands.map(({ name }) => name).join(' ')}' ;;`];
  if (argument.kind === 'choices') return [`    *:${at}) words='${argument.choices.join(' ')}' ;;`];
  return argument.kind === 'files' ? [] : [`    *:${at}) return ;;`];
}
