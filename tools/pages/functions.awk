# The documentation of the exported functions of one Rust file, as lines that begin with what they are:
#   F name of the Rust symbol    P prototype    H title of a section    T paragraph    B entry of a list
# What is said for Rust alone (# Safety) is left out.

function flush() {
    if (text != "") lines[++count] = kind " " text
    text = ""
    kind = "T"
}

/^[ ]*\/\/\// {
    line = $0
    sub(/^[ ]*\/\/\/ ?/, "", line)
    if (!documented) { documented = 1; count = 0; text = ""; skip = 0; kind = "T"; open = 0 }
    if (line ~ /^# /) {
        flush()
        sub(/^# /, "", line)
        skip = line == "Safety"
        if (!skip) lines[++count] = "H " line
        next
    }
    if (skip) next
    if (line == "") { flush(); next }
    if (count == 0 && text == "" && line ~ /^`/) { kind = "P"; open = 1 }
    if (line ~ /^\* /) { flush(); kind = "B"; sub(/^\* /, "", line) }
    sub(/^ +/, "", line)
    text = text (text == "" ? "" : " ") line
    # A prototype ends with its backtick, whatever follows.
    if (open && kind == "P" && text ~ /`[^`]*`/) { open = 0; gsub(/`/, "", text); flush() }
    next
}
documented && /^#\[unsafe\(no_mangle\)\]/ { exported = 1; next }
documented && /^#\[/ { next }
exported && /extern "C(-unwind)?" fn / {
    flush()
    name = $0
    sub(/.*extern "C(-unwind)?" fn /, "", name)
    sub(/[(<].*/, "", name)
    print "F " name
    for (i = 1; i <= count; i++) print lines[i]
}
{ documented = 0; exported = 0; count = 0; text = "" }
