# Part of ws2cc: runs the compiler; if a header was not found, looks for it without regard to letter case and with / for
# \, as Windows does, and tries again. Such a header gets a forwarder in a directory of its own for the time of the call.

run() {
    if [ -d "$scratch/include" ]; then
        "$compiler" "$@" -I"$scratch/include"
    else
        "$compiler" "$@"
    fi
}

# Only preprocesses, and writes nothing: without what names output.
look() {
    skip=no
    for argument; do
        shift
        if [ $skip = yes ]; then
            skip=no
            continue
        fi
        case $argument in
            -o | -MF | -MT | -MQ) skip=yes ;;
            -o* | -M* | -c | -S | -save-temps* | -l* | -Wl,*) ;;
            *) set -- "$@" "$argument" ;;
        esac
    done
    run "$@" -E -o /dev/null
}

# The directories in which the compiler looks, one a line.
search_list() {
    LC_ALL=C "$compiler" "$@" -E -v -o /dev/null 2>&1 </dev/null |
        sed -n '/^#include ["<].* search starts here:/,/^End of search list/s/^ \(\/.*\|[^ ].*\)$/\1/p'
}

# The file that is meant by a name, below a directory: letter by letter of the path in any case.
find_below() {
    at=$1 rest=$2
    while [ -n "$rest" ]; do
        part=${rest%%/*}
        case $rest in
            */*) rest=${rest#*/} ;;
            *) rest= ;;
        esac
        case $part in
            '' | .) continue ;;
            ..) at=$at/..; continue ;;
        esac
        if [ -e "$at/$part" ]; then
            at=$at/$part
            continue
        fi
        pattern=$(printf '%s' "$part" | sed 's/[][*?\\]/\\&/g')
        found=$(find "$at/" -maxdepth 1 -iname "$pattern" 2>/dev/null | LC_ALL=C sort | tail -n 1)
        [ -n "$found" ] || return 1
        at=$at/${found##*/}
    done
    [ -f "$at" ] && printf '%s\n' "$at"
}

# Makes a forwarder for the header that the compiler did not find; fails if there is none.
forward() {
    complaint=$1
    shift
    # "file:line:column: fatal error: name: No such file or directory", or clang's "'name' file not found".
    wanted=$(printf '%s\n' "$complaint" | sed -n \
        -e "s/^.*: fatal error: '\(.*\)' file not found\$/\1/p" \
        -e 's/^.*: fatal error: \(.*\): No such file or directory$/\1/p' | head -n 1)
    [ -n "$wanted" ] || return 1
    [ ! -e "$scratch/include/$wanted" ] || return 1
    from=$(printf '%s\n' "$complaint" | sed -n 's/^\([^:]*\):[0-9][0-9]*:.*fatal error: .*$/\1/p' | head -n 1)
    name_here=$(printf '%s' "$wanted" | tr '\\' /)
    [ -n "$directories" ] || directories=$(search_list "$@")
    real=$(
        { dirname -- "${from:-.}"; printf '%s\n' "$directories"; } | while IFS= read -r directory; do
            if find_below "$directory" "$name_here"; then break; fi
        done
    )
    [ -n "$real" ] || return 1
    case $real in
        /*) ;;
        *) real=$PWD/$real ;;
    esac
    place=$scratch/include/$wanted
    mkdir -p "$(dirname -- "$place")" || return 1
    printf '#include "%s"\n' "$real" >"$place"
}

# Leaves the forwarders out of the lists of files that make reads.
without_forwarders() {
    sed -i "s|$scratch/include/[^ ]*||g; /^:\$/d" "$1" 2>/dev/null
}

colour=
[ -t 2 ] && colour=-fdiagnostics-color=always
directories=
run "$@" $colour >"$scratch/out" 2>"$scratch/err"
status=$?
if [ $status != 0 ] && grep -q -e 'fatal error' -e 'No such file' "$scratch/err"; then
    tries=0
    while [ $tries -lt 200 ]; do
        tries=$((tries + 1))
        # The sources alone, so that no message is in another language and nothing is written.
        if LC_ALL=C look "$@" >/dev/null 2>"$scratch/look"; then break; fi
        forward "$(cat "$scratch/look")" "$@" || break
    done
    if [ -d "$scratch/include" ]; then
        run "$@" $colour >"$scratch/out" 2>"$scratch/err"
        status=$?
    fi
fi
if [ -d "$scratch/include" ] && [ $dependencies != no ]; then
    if [ -z "$dependency_file" ]; then
        case $dependencies in
            output) dependency_file=${output:-$scratch/out} ;;
            *) dependency_file=${output%.*}.d ;;
        esac
        if [ $dependencies = file ] && [ -z "$output" ]; then
            for argument; do
                case $argument in
                    *.c | *.cc | *.cpp | *.cxx)
                        base=${argument##*/}
                        without_forwarders "${base%.*}.d" ;;
                esac
            done
            dependency_file=
        fi
    fi
    [ -n "$dependency_file" ] && without_forwarders "$dependency_file"
fi
cat "$scratch/out"
cat "$scratch/err" >&2
exit $status
