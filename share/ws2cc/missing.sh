# Part of ws2cc, for --missing: which functions of Windows the files need that are not here. The arguments are those of a
# call of the compiler; sources among them are compiled first. A program or library of Windows (.exe, .dll) is asked for its
# imports instead.

list=$WS2CC_SHARE/functions.txt
scratch=$(mktemp -d "${TMPDIR:-/tmp}/ws2cc.XXXXXX") || die "no directory for temporary files"
trap 'rm -rf "$scratch"' EXIT

# What is here: the library's own symbols, without the prefix, and what the headers have inline.
here() {
    nm -D --defined-only "$libraries/libws2_32.so" 2>/dev/null | sed 's/.* //; s/@.*//; s/^ws2_//'
    sed -n 's/^static __inline__ .*[ *]\([A-Za-z_][A-Za-z0-9_]*\)(.*/\1/p; s/^#* *define \([A-Za-z_][A-Za-z0-9_]*\) [_A-Za-z].*/\1/p' \
        "$include"/*.h
}

# Names that stand undefined in what the files make, as the linker says, one a line.
undefined() {
    LC_ALL=C "$compiler" "$@" -Wno-implicit-function-declaration -Wl,--unresolved-symbols=report-all \
        -Wl,--no-demangle -o "$scratch/linked" >"$scratch/said" 2>&1
    sed -n -e "s/.*undefined reference to [\`']\([^']*\)'.*/\1/p" -e 's/.*undefined symbol: \(.*\)$/\1/p' "$scratch/said"
    grep -e ': error: ' -e ': fatal error: ' "$scratch/said" | grep -v 'ld returned' >&2
}

# The imports of a program of Windows: library and name.
imports() {
    objdump -p "$1" 2>/dev/null | sed -n \
        -e 's/.*DLL Name: *\(.*\)$/\1/p' -e 's/^[[:space:]]*[0-9a-f]\{2,\}[[:space:]]\{1,\}[0-9]\{1,\}[[:space:]]\{1,\}\([A-Za-z_?@][^[:space:]]*\).*$/ \1/p' |
        awk '/^[^ ]/ { library = tolower($0); next } { print library, $1 }'
}

here | sort -u >"$scratch/here"
: >"$scratch/needed"
windows=no
for argument; do
    case $argument in
        *.exe | *.EXE | *.dll | *.DLL)
            windows=yes
            [ -f "$argument" ] || die "$argument: no such file"
            imports "$argument" >>"$scratch/needed" ;;
    esac
done
if [ $windows = no ]; then
    undefined "$@" | grep -v -x -e main -e WinMain -e wmain | sed 's/^__imp_//; s/^/? /' >"$scratch/needed"
fi
sort -u "$scratch/needed" | awk -v here="$scratch/here" -v list="$list" -v sure=$windows '
    BEGIN {
        while ((getline name < here) > 0) there[name] = 1
        while ((getline line < list) > 0) {
            if (line ~ /^#/ || line !~ /\|/) continue
            split(line, field, / *\| */)
            count = split(field[2], names, / +/)
            for (i = 1; i <= count; i++) {
                if (names[i] ~ /\*$/) {
                    patterns++
                    pattern[patterns] = substr(names[i], 1, length(names[i]) - 1)
                    pattern_library[patterns] = field[1]
                    pattern_advice[patterns] = field[3]
                } else {
                    library[names[i]] = field[1]
                    advice[names[i]] = field[3]
                }
            }
        }
    }
    {
        name = $2
        if (name in there) next
        base = name
        if (!(base in library) && base ~ /[AW]$/) base = substr(name, 1, length(name) - 1)
        of = library[base]; what = advice[base]
        if (of == "") {
            longest = 0
            for (i = 1; i <= patterns; i++)
                if (index(name, pattern[i]) == 1 && length(pattern[i]) > longest) {
                    longest = length(pattern[i]); of = pattern_library[i]; what = pattern_advice[i]
                }
        }
        if (sure == "yes") {
            if ($1 ~ /^(msvcr|ucrtbase|api-ms-win-crt|vcruntime|msvcp|libgcc|libstdc|libwinpthread)/) next
            of = $1
        }
        if (of == "") of = "(no function of Windows that is known here)"
        print of "\t" name "\t" what
    }' | sort >"$scratch/report"
if [ ! -s "$scratch/report" ]; then
    echo "nothing is missing"
    exit 0
fi
awk -F '\t' '
    $1 != last { if (NR > 1) print ""; print $1; last = $1 }
    { if ($3 != "") printf "    %-32s %s\n", $2, $3; else print "    " $2 }' "$scratch/report"
exit 1
