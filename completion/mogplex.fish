# fish completion for mogplex, by: mogplex completion fish
function __mogplex_complete
    set -l words (commandline -opc) (commandline -ct)
    for line in (command mogplex __complete -- $words[2..-1] 2>/dev/null </dev/null)
        if test "$line" = ':files'
            __fish_complete_path (commandline -ct)
        else
            printf '%s\n' $line
        end
    end
end
complete -c mogplex -f -a '(__mogplex_complete)'
