import type { Command } from 'commander';

export const completionShells = ['bash', 'zsh', 'fish'] as const;
export type CompletionShell = (typeof completionShells)[number];

interface Candidate {
  readonly word: string;
  readonly description: string;
}

/** What can follow at a place in the command line: after `seedpress issue compose` the place is `/issue/compose`. */
interface CompletionPlace {
  readonly place: string;
  readonly candidates: readonly Candidate[];
  readonly optionValues: ReadonlyMap<string, readonly string[]>;
}

const listPlaces = (command: Command, place = '', inherited: readonly Candidate[] = []): CompletionPlace[] => {
  const options = command.options.flatMap(({ long, description, argChoices }) =>
    long ? [{ word: long, description, values: argChoices }] : [],
  );
  const shared = place === '' ? options.filter(({ word }) => word !== '--version') : inherited;
  const [argument] = command.registeredArguments;
  const candidates = [
    ...command.commands.map((each) => ({ word: each.name(), description: each.description() })),
    ...(argument?.argChoices ?? []).map((word) => ({ word, description: argument?.description ?? '' })),
    ...options,
    ...(place === '' ? [] : shared),
    { word: '--help', description: 'show help' },
  ];
  const optionValues = new Map(options.flatMap(({ word, values }) => (values ? [[word, values]] : [])));
  return [
    { place, candidates, optionValues },
    ...command.commands.flatMap((each) => listPlaces(each, `${place}/${each.name()}`, shared)),
  ];
};

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const buildCases = (
  places: readonly CompletionPlace[],
  formatCandidates: (candidates: readonly Candidate[]) => string,
): string => {
  const values = places.flatMap(({ place, optionValues }) =>
    [...optionValues].map(([option, words]) => {
      const candidates = words.map((word) => ({ word, description: option.slice('--'.length) }));
      return `    '${place} ${option}') candidates=${formatCandidates(candidates)} ;;`;
    }),
  );
  const others = places.map(
    ({ place, candidates }) => `    '${place} '*) candidates=${formatCandidates(candidates)} ;;`,
  );
  return [...values, ...others].join('\n');
};

const listCommandPlaces = (places: readonly CompletionPlace[]): readonly string[] =>
  places.flatMap(({ place }) => (place === '' ? [] : [place]));

const buildBashScript = (places: readonly CompletionPlace[]): string => `_seedpress() {
  local typed=("\${COMP_WORDS[@]:0:COMP_CWORD}") place='' candidates='' word
  if [ "\${typed[0]##*/}" = npx ]; then
    [ "\${typed[1]}" = seedpress ] || return
    typed=("\${typed[@]:1}")
  fi
  for word in "\${typed[@]:1}"; do
    case "$place/$word" in
      ${listCommandPlaces(places).join('|')}) place="$place/$word" ;;
    esac
  done
  case "$place \${typed[-1]}" in
${buildCases(places, (candidates) => quote(candidates.map(({ word }) => word).join(' ')))}
  esac
  COMPREPLY=($(compgen -W "$candidates" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _seedpress seedpress
complete -p npx >/dev/null 2>&1 || complete -o default -F _seedpress npx
`;

const buildZshScript = (places: readonly CompletionPlace[]): string => `_seedpress() {
  local place='' word
  local -a typed=("\${(@)words[1,CURRENT-1]}") candidates=()
  if [[ \${typed[1]:t} == npx ]]; then
    [[ \${typed[2]} == seedpress ]] || { _default; return }
    typed=("\${(@)typed[2,-1]}")
  fi
  for word in "\${(@)typed[2,-1]}"; do
    case "$place/$word" in
      ${listCommandPlaces(places).join('|')}) place="$place/$word" ;;
    esac
  done
  case "$place \${typed[-1]}" in
${buildCases(places, (candidates) => `(${candidates.map(({ word, description }) => quote(`${word}:${description}`)).join(' ')})`)}
  esac
  _describe seedpress candidates || _default
}
compdef _seedpress seedpress
(( \${+_comps[npx]} )) || compdef _seedpress npx
`;

const buildFishLine = (place: string, { word, description }: Candidate, values?: readonly string[]): string => {
  const name = word.startsWith('--') ? `-l ${word.slice('--'.length)}` : `-f -a ${word}`;
  const choices = values ? ` -x -a ${quote(values.join(' '))}` : '';
  return `    complete -c $program -n '__seedpress_is_at "${place}"' ${name}${choices} -d ${quote(description).replaceAll("'\\''", "\\'")}`;
};

const buildFishScript = (places: readonly CompletionPlace[]): string => `function __seedpress_is_at
    set -l typed (commandline -opc)
    if string match -qr '(^|/)npx$' -- $typed[1]
        test "$typed[2]" = seedpress; or return 1
        set -e typed[1]
    end
    set -e typed[1]
    set -l place ''
    for word in $typed
        switch "$place/$word"
            case ${listCommandPlaces(places).join(' ')}
                set place "$place/$word"
        end
    end
    test "$place" = "$argv[1]"
end
for program in seedpress npx
${places
  .flatMap(({ place, candidates, optionValues }) =>
    candidates.map((candidate) => buildFishLine(place, candidate, optionValues.get(candidate.word))),
  )
  .join('\n')}
end
`;

const builders = { bash: buildBashScript, zsh: buildZshScript, fish: buildFishScript } as const;

export const buildCompletionScript = (program: Command, shell: CompletionShell): string =>
  builders[shell](listPlaces(program));
