/* SPDX-License-Identifier: ISC */
/*
 * The style of books.  A reader of books brings its own letters, margins and
 * colours, so that the style says only what belongs to the text.
 */
#include "html/sheet.h"

#define COMMON \
	"h1,h2,h3{line-height:1.3;break-after:avoid;" \
	"page-break-after:avoid}\n" \
	"ul.links{list-style:none;padding:0}\n" \
	"ul.links li{margin:.3em 0}ul.links p{margin:0}\n" \
	"table{border-collapse:collapse;width:100%;margin:1em 0}\n" \
	"th,td{border-bottom:1px solid #999;padding:.3em .4em .3em 0;" \
	"text-align:start;vertical-align:top}\n" \
	"th{font-weight:normal}thead th,tfoot th,tfoot td{font-weight:bold}\n" \
	"td{text-align:end}.grid td,.times td{text-align:start}" \
	".grid .n{text-align:end}\n" \
	"caption,figcaption{text-align:start;font-weight:bold;" \
	"margin-bottom:.4em}\n" \
	"small{display:block;font-size:.85em}\n" \
	".url{font-size:.85em;overflow-wrap:anywhere}\n" \
	"blockquote{border-inline-start:2px solid #999;margin-inline:0;" \
	"padding-inline-start:1em}\n" \
	"address{font-style:normal}address p{margin:0}\n" \
	"aside{border:1px solid #999;padding:0 1em;margin:1em 0}\n" \
	"figure{margin:1.2em 0;break-inside:avoid;" \
	"page-break-inside:avoid}\n" \
	"tr{break-inside:avoid;page-break-inside:avoid}\n" \
	"img{max-width:100%;height:auto}\n" \
	"pre{white-space:pre;overflow-x:auto;line-height:1.2;" \
	"font-size:.75em;font-family:monospace}\n" \
	"svg{display:block;width:100%;max-width:28em;height:auto}\n" \
	"svg text{font-size:15px;fill:currentColor}\n" \
	"svg rect,svg circle{fill:#2f7d5b}svg .l1{fill:#b5642a}" \
	"svg .l2{fill:#3a6ea5}svg .l3{fill:#8a5a9e}svg .l4{fill:#77862b}" \
	"svg .l5{fill:#666}\n" \
	"svg .end{text-anchor:end}\n" \
	"svg.art text{font-size:13px;font-family:monospace}\n"

const char *
sheet_style(int is_paper)
{
	(void)is_paper;
	return COMMON
	    "nav ol{list-style:none;padding-inline-start:0}"
	    "nav ol ol{padding-inline-start:1.5em}\n"
	    "body.cover{text-align:center}"
	    ".cover img{max-height:60vh;max-width:90%}\n";
}
