# A page for a browser per function, from the lines of functions.awk: HTML/NAME.html, and the list of them, HTML/index.html.

BEGIN {
    while ((getline line < exports) > 0) {
        split(line, field, "\t")
        symbol = field[2] == "winsock" ? field[1] : "ws2_" field[1]
        plain[symbol] = field[1]; library[symbol] = field[2] ~ /^(posix|winsock)$/ ? "ws2_32" : field[2] == "kernel" ? "kernel32" : field[2]
        status[symbol] = field[3]; notes[symbol] = field[4]
        order[++total] = symbol
    }
}

function escape(text, parts, n, i, made) {
    gsub(/&/, "\\&amp;", text)
    gsub(/</, "\\&lt;", text)
    gsub(/>/, "\\&gt;", text)
    gsub(/\*\*/, "", text)
    n = split(text, parts, "`")
    made = parts[1]
    for (i = 2; i <= n; i++) {
        if (i % 2 == 0) {
            word = parts[i]
            target = word in byname ? byname[word] : ""
            made = made "<code>" (target != "" && target != symbol ? "<a href=\"" target ".html\">" word "</a>" : word) "</code>"
        } else made = made parts[i]
    }
    return made
}

function top(file, title) {
    printf "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\n" > file
    printf "<title>%s – ws2_32</title><link rel=\"stylesheet\" href=\"../style.css\"></head><body>\n", title > file
    printf "<nav><a href=\"../index.html\">ws2_32</a> <a href=\"index.html\">Functions</a> <a href=\"../errors.html\">Error codes</a> " > file
    printf "<a href=\"../PORTING.html\">Porting</a> <a href=\"../COMPATIBILITY.html\">Compatibility</a> <a href=\"../FAQ.html\">Questions</a></nav>\n<main>\n" > file
}

function endlist() { if (listed) print "</ul>" > page; listed = 0 }

function finish() {
    if (!begun) return
    endlist()
    print "<h2>Compatibility</h2>\n<p>" status[symbol] (notes[symbol] == "" ? "" : ": " escape(notes[symbol])) ".</p>" > page
    print "</main></body></html>" > page
    close(page)
    begun = 0
}

# Twice over the same lines: first the names, for links, then the pages.
{ all[NR] = $0; if ($0 ~ /^F /) { s = substr($0, 3); if (s in plain) { byname[plain[s]] = s; byname[s] = s; there[s] = 1 } } }

END {
    for (row = 1; row <= NR; row++) {
        line = all[row]; what = substr(line, 1, 1); text = substr(line, 3)
        if (what == "F") { finish(); symbol = text; prototype = ""; known = symbol in plain; continue }
        if (!known) continue
        if (what == "P") { prototype = text; continue }
        if (!begun) {
            page = html "/" symbol ".html"
            top(page, plain[symbol])
            print "<h1>" plain[symbol] "</h1>" > page
            gsub(/&/, "\\&amp;", prototype); gsub(/</, "\\&lt;", prototype); gsub(/>/, "\\&gt;", prototype)
            print "<pre>" prototype ";</pre>\n<p class=\"symbol\">" library[symbol] ".dll on Windows; symbol <code>" symbol "</code>; <code>man 3 " symbol "</code></p>" > page
            short = text
            sub(/[.:;] .*/, "", short); sub(/[.:]$/, "", short)
            about[symbol] = what == "T" ? escape(short) : ""
            begun = 1
        }
        if (what != "B") endlist()
        if (what == "H") print "<h2>" text "</h2>" > page
        else if (what == "B") { if (!listed) print "<ul>" > page; listed = 1; print "<li>" escape(text) "</li>" > page }
        else if (text ~ /^Source: /) print "<p class=\"source\">" escape(text) "</p>" > page
        else print "<p>" escape(text) "</p>" > page
    }
    finish()
    page = html "/index.html"
    top(page, "Functions")
    symbol = ""
    print "<h1>Functions</h1>\n<table><thead><tr><th>function</th><th>library</th><th>what it does</th></tr></thead><tbody>" > page
    for (i = 1; i <= total; i++) if (order[i] in there) {
        s = order[i]
        print "<tr><td><a href=\"" s ".html\"><code>" plain[s] "</code></a></td><td>" library[s] "</td><td>" about[s] "</td></tr>" > page
    }
    print "</tbody></table>\n</main></body></html>" > page
}
