# One of this repository's documents as a page for a browser: headings, paragraphs, lists, tables, blocks of code, links. -v page
# is its path, -v up the way from its page to the first one.

function html(text) { gsub(/&/, "\\&amp;", text); gsub(/</, "\\&lt;", text); gsub(/>/, "\\&gt;", text); return text }

# GitHub's name of a heading.
function slug(text) {
    text = tolower(text)
    gsub(/[`*]/, "", text)
    gsub(/[^a-z0-9 _-]/, "", text)
    gsub(/ /, "-", text)
    return text
}

# Where a link leads among the pages; empty for what is no page, a source file.
function target(link, path, mark) {
    if (link ~ /^(https?:|#)/) return link
    path = link; mark = ""
    if (match(path, /#.*/)) { mark = substr(path, RSTART); path = substr(path, 1, RSTART - 1) }
    if (path ~ /LICENSE-(MIT|APACHE)$/) { sub(/.*\//, "", path); return up path }
    if (path !~ /\.md$/ && path !~ /semantics\/?$/) return ""
    # As a path from the repository's root.
    if (page ~ /^docs\/semantics\//) path = "docs/semantics/" path
    else if (page ~ /^docs\//) path = "docs/" path
    while (path ~ /[^\/]+\/\.\.\//) sub(/[^\/]+\/\.\.\//, "", path)
    if (path ~ /^docs\/semantics\/?$/ || path == "docs/semantics/README.md") return up "semantics/index.html" mark
    if (path == "README.md") return up "index.html" mark
    sub(/^docs\//, "", path)
    sub(/\.md$/, ".html", path)
    return up path mark
}

# Emphasis and links, outside of code.
function words(text, made, label, link, where, before, after) {
    made = ""
    while (match(text, /\[[^]]*\]\([^)]*\)/)) {
        label = substr(text, RSTART + 1)
        sub(/\]\(.*/, "", label)
        link = substr(text, RSTART, RLENGTH)
        sub(/^\[[^]]*\]\(/, "", link)
        sub(/\)$/, "", link)
        before = substr(text, 1, RSTART - 1)
        after = substr(text, RSTART + RLENGTH)
        where = target(link)
        made = made before (where == "" ? "<code>" label "</code>" : "<a href=\"" where "\">" label "</a>")
        text = after
    }
    text = made text
    while (match(text, /\*\*[^*]+\*\*/))
        text = substr(text, 1, RSTART - 1) "<strong>" substr(text, RSTART + 2, RLENGTH - 4) "</strong>" substr(text, RSTART + RLENGTH)
    while (match(text, /\*[^* ][^*]*\*/))
        text = substr(text, 1, RSTART - 1) "<em>" substr(text, RSTART + 1, RLENGTH - 2) "</em>" substr(text, RSTART + RLENGTH)
    return text
}

function inline(text, parts, n, i, plain, keep) {
    gsub(/\\\*/, "\001", text); gsub(/\\\|/, "|", text); gsub(/\\</, "<", text)
    # Code spans are put aside, so that a link may hold one.
    n = split(text, parts, "`")
    plain = ""
    for (i = 1; i <= n; i++) {
        if (i % 2 == 0 && i < n) { keep[i] = html(parts[i]); plain = plain "\002" i "\003" }
        else plain = plain parts[i]
    }
    gsub(/&/, "\\&amp;", plain)
    gsub(/</, "\\&lt;", plain); gsub(/>/, "\\&gt;", plain)
    # Anchors of rows.
    while (match(plain, /&lt;a id="[A-Za-z0-9_-]+"&gt;&lt;\/a&gt;/)) {
        i = substr(plain, RSTART + 10); sub(/".*/, "", i)
        plain = substr(plain, 1, RSTART - 1) "<a id=\"" i "\"></a>" substr(plain, RSTART + RLENGTH)
    }
    plain = words(plain)
    while (match(plain, /\002[0-9]+\003/)) {
        i = substr(plain, RSTART + 1, RLENGTH - 2)
        plain = substr(plain, 1, RSTART - 1) "<code>" keep[i + 0] "</code>" substr(plain, RSTART + RLENGTH)
    }
    gsub(/\001/, "*", plain)
    return plain
}

function flush() { if (text != "") print open inline(text) close_; text = ""; open = "<p>"; close_ = "</p>" }
function lists(depth) { flush(); while (level > depth) { print "</li></" tag[level--] ">" } }
function all() { lists(0); if (table) print "</tbody></table>"; table = 0 }

function row(line, cell, n, i, cells) {
    sub(/^ *\|/, "", line); sub(/\| *$/, "", line)
    gsub(/\\\|/, "\004", line)
    # A bar within code is no border.
    n = split(line, cells, "|")
    printf "<tr>"
    for (i = 1; i <= n; i++) { gsub(/\004/, "|", cells[i]); gsub(/^ +| +$/, "", cells[i]); printf "<%s>%s</%s>", cell, inline(cells[i]), cell }
    print "</tr>"
}

BEGIN { open = "<p>"; close_ = "</p>" }
NR == 1 {
    title = $0; sub(/^#+ /, "", title); gsub(/`/, "", title)
    print "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
    print "<title>" html(title) (title == "ws2_32" ? "" : " – ws2_32") "</title><link rel=\"stylesheet\" href=\"" up "style.css\"></head><body>"
    print "<nav><a href=\"" up "index.html\">ws2_32</a> <a href=\"" up "functions/index.html\">Functions</a> <a href=\"" up "errors.html\">Error codes</a> <a href=\"" up "PORTING.html\">Porting</a> <a href=\"" up "COMPATIBILITY.html\">Compatibility</a> <a href=\"" up "FAQ.html\">Questions</a></nav>\n<main>"
}
code { if ($0 ~ "^ *```") { print "</code></pre>"; code = 0 } else { sub("^" margin, ""); print html($0) } next }
/^ *```/ { if ($0 !~ /^ /) all(); else flush(); margin = $0; sub(/```.*/, "", margin); printf "<pre><code>"; code = 1; next }
/^<!--/ { next }
/^#+ / {
    all()
    match($0, /^#+/); n = RLENGTH
    heading = substr($0, n + 2)
    name = slug(heading)
    if (seen[name]++) name = name "-" (seen[name] - 1)
    print "<h" n " id=\"" name "\">" inline(heading) "</h" n ">"
    next
}
/^ *\|/ {
    flush()
    if (!table) { lists(0); print "<table><thead>"; row($0, "th"); print "</thead><tbody>"; table = 1; next }
    if ($0 ~ /^ *\|[ :|-]+\|? *$/) next
    row($0, "td")
    next
}
/^ *([*-]|[0-9]+\.) / && !(text != "" && level == 0 && /^ *[0-9]/) {
    if (table) all()
    match($0, /^ */); depth = int(RLENGTH / 2) + 1
    if (depth > level + 1) depth = level + 1
    ordered = $0 ~ /^ *[0-9]/
    flush()
    if (depth > level) { tag[++level] = ordered ? "ol" : "ul"; print "<" tag[level] "><li>" }
    else { lists(depth); print "</li><li>" }
    sub(/^ *([*-]|[0-9]+\.) +/, "")
    text = $0
    open = ""; close_ = ""
    next
}
/^$/ { flush(); if (table) { print "</tbody></table>"; table = 0 } blank = 1; next }
{
    if (table) { print "</tbody></table>"; table = 0 }
    if (level && blank && $0 !~ /^ /) all()
    blank = 0
    line = $0; sub(/^ +/, "", line)
    text = text (text == "" ? "" : " ") line
    next
}
END { all(); print "</main></body></html>" }
