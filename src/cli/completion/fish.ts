import type { CompletedCommand, CompletedOption, Value } from './words.ts';

/** For fish 3 and later. */
export function fishScript(commands: readonly CompletedCommand[]): string {
  const deeper = commands.map(({ at }) => at).filter((at) => at !== '');
  return `# flowkeeper completion for fish: flowkeeper completion fish > ~/.config/fish/completions/flowkeeper.fish
function __flowkeeper_at
    set -l words (commandline -opc)
    set -e words[1]
    set -l at ''
    for word in $words
        switch "$at/$word"
            case ${deeper.join(' ')}
                set at "$at/$word"
        end
    end
    test "$at" = "$argv[1]"
end
complete -c flowkeeper -e
${commands.flatMap(linesOf).join('\n')}
`;
}

function linesOf({ at, subcommands, options, argument }: CompletedCommand): readonly string[] {
  const head = `complete -c flowkeeper -n "__flowkeeper_at '${at}'"`;
  const words = subcommands.map(
    ({ name, description }) => `${head} -f -a ${name} -d ${quoted(description)}`,
  );
  const arguments_ = subcommands.length > 0 ? [] : [`${head}${argumentOf(argument)}`];
  return [...words, ...arguments_, ...options.map((option) => `${head} ${optionOf(option)}`)];
}

function argumentOf(value: Value): string {
  if (value.kind === 'choices') return ` -f -a ${quoted(value.choices.join(' '))}`;
  return value.kind === 'files' ? ' -F' : ' -f';
}

function optionOf({ flag, description, value }: CompletedOption): string {
  const name = `-l ${flag.replace(/^--/, '')}`;
  return `${name}${value === undefined ? '' : valueOf(value)} -d ${quoted(description)}`;
}

function valueOf(value: Value): string {
  if (value.kind === 'choices') return ` -x -a ${quoted(value.choices.join(' '))}`;
  return value.kind === 'files' ? ' -r -F' : ' -x';
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
