# Types lines into an interactive zsh, presses Tab after each, and prints what completion offers.
# usage: zsh -f complete-in-zsh.zsh FOLDER LINE...      FOLDER holds _flowkeeper and goes into fpath
zmodload zsh/zpty
folder=$1; shift
inner="
PROMPT=; RPROMPT=
fpath=(${(q)folder} \$fpath)
autoload -Uz compinit; compinit -D -u
compadd() {
  typeset -a __hits
  if [[ \"\${@[1,(i)(-|--)]}\" != *-(O|A|D)\\ * ]]; then
    builtin compadd -A __hits \"\$@\"
    [[ -n \$__hits ]] && print -r -- \"HIT \${(j: :)__hits}\"
  fi
  builtin compadd \"\$@\"
}
bindkey '^I' complete-word
line-done() { print -r -- 'LINE-DONE'; zle kill-whole-line }
zle -N line-done
bindkey '^D' line-done
print -r -- READY
"
zpty z zsh -f -i
zpty -w z "$inner"
# once as it is typed, once as it is printed
zpty -r z text '*READY*READY*'
for line in "$@"; do
  zpty -w -n z "$line"$'\t'$'\004'
  zpty -r z text '*LINE-DONE*'
  print -r -- "LINE $line"
  print -r -- "$text" | tr -d '\r' | grep 'HIT ' | sed 's/.*HIT //'
done
zpty -d z
