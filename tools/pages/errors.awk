# HTML/errors.html: every error code of Winsock, its number and text, and which functions give it for what cause, from the lines of
# functions.awk. What to do about a code is in docs/ERRORS.md.

BEGIN {
    while ((getline line < codes) > 0)
        if (line ~ /^ +WSA[A-Z_]+ = [0-9]+, "/) {
            name = line; sub(/^ +/, "", name); sub(/ =.*/, "", name)
            number = line; sub(/.* = /, "", number); sub(/,.*/, "", number)
            text = line; sub(/^[^"]*"/, "", text); sub(/";.*/, "", text)
            order[++total] = name; numbers[name] = number; texts[name] = text
        }
}
function escape(text, parts, n, i, made) {
    gsub(/&/, "\\&amp;", text); gsub(/</, "\\&lt;", text); gsub(/>/, "\\&gt;", text)
    n = split(text, parts, "`")
    made = parts[1]
    for (i = 2; i <= n; i++) made = made (i % 2 == 0 ? "<code>" : "</code>") parts[i]
    return made
}
/^F / { symbol = substr($0, 3); name = symbol; sub(/^ws2_/, "", name) }
/^B `WSA/ {
    text = substr($0, 3)
    cause = text; sub(/^[^:]*: */, "", cause)
    head = text; sub(/:.*/, "", head)
    while (match(head, /WSA[A-Z_]+/)) {
        code = substr(head, RSTART, RLENGTH)
        head = substr(head, RSTART + RLENGTH)
        causes[code] = causes[code] "<li><a href=\"functions/" symbol ".html\"><code>" name "</code></a>: " escape(cause) "</li>\n"
    }
}
END {
    page = html "/errors.html"
    print "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">" > page
    print "<title>Error codes – ws2_32</title><link rel=\"stylesheet\" href=\"style.css\"></head><body>" > page
    print "<nav><a href=\"index.html\">ws2_32</a> <a href=\"functions/index.html\">Functions</a> <a href=\"errors.html\">Error codes</a> <a href=\"PORTING.html\">Porting</a> <a href=\"COMPATIBILITY.html\">Compatibility</a> <a href=\"FAQ.html\">Questions</a></nav>\n<main>" > page
    print "<h1>Error codes, and who gives them</h1>\n<p>What to do about the common ones is in <a href=\"ERRORS.html\">its own page</a>.</p>" > page
    for (i = 1; i <= total; i++) {
        name = order[i]
        print "<h2 id=\"" name "\">" name " <small>" numbers[name] "</small></h2>\n<p>" texts[name] ".</p>" > page
        if (causes[name] != "") print "<details><summary>causes, function by function</summary><ul>\n" causes[name] "</ul></details>" > page
    }
    print "</main></body></html>" > page
}
