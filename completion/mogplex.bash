# bash completion for mogplex, by: mogplex completion bash
_mogplex() {
  local line=${COMP_LINE:0:COMP_POINT} words=() part='' apart candidate about i
  for ((i = 0; i <= COMP_CWORD; i++)); do
    apart=
    while [[ $line == [[:blank:]]* ]]; do
      line=${line:1}
      apart=1
    done
    part=${COMP_WORDS[i]}
    if ((i == COMP_CWORD)); then part=$line; fi
    line=${line:${#part}}
    if [[ -z $apart && $i -gt 0 ]]; then
      words[${#words[@]} - 1]+=$part
    else
      words+=("$part")
    fi
  done
  if [[ $part == [=:] ]]; then part=; fi
  local current=${words[${#words[@]} - 1]}
  local before=${current%"$part"}
  COMPREPLY=()
  while IFS=$'\t' read -r candidate about; do
    if [[ $candidate == :files ]]; then
      compopt -o default 2>/dev/null
    else
      COMPREPLY+=("${candidate#"$before"}")
    fi
  done < <(command mogplex __complete -- "${words[@]:1}" 2>/dev/null </dev/null)
}
complete -F _mogplex mogplex
