#compdef mogplex
# zsh completion for mogplex, by: mogplex completion zsh
_mogplex() {
  local line
  local -a before values shown
  (( CURRENT > 2 )) && before=("${(@Q)words[2,CURRENT-1]}")
  for line in "${(@f)$(command mogplex __complete -- "${before[@]}" "${(Q)PREFIX}" 2>/dev/null </dev/null)}"; do
    if [[ $line == :files ]]; then
      _files
    elif [[ -n $line ]]; then
      values+=("${line%%$'\t'*}")
      shown+=("${line/$'\t'/  -- }")
    fi
  done
  (( $#values )) && compadd -l -d shown -a values
}
if [[ ${funcstack[1]} == _mogplex ]]; then
  _mogplex "$@"
else
  compdef _mogplex mogplex
fi
