/* SPDX-License-Identifier: ISC */
/*
 * The phrases of apeng itself: X(constant, id).  Each is in every
 * src/lang/xx.txt under its id.  A capsule may replace those of
 * LANG_PUBLIC_PHRASES, under words: in capsule.yml.
 */
#ifndef LANG_PHRASES_H
#define LANG_PHRASES_H

#define LANG_PUBLIC_PHRASES(X) \
	X(UP, "up") \
	X(CONTACT, "contact") \
	X(CHANGED, "changed") \
	X(AS_OF, "as-of") \
	X(NEWS_PAGES, "news-pages") \
	X(NOTE, "note") \
	X(PRINTED, "printed") \
	X(OPEN, "open") \
	X(FASTER, "faster") \
	X(BUILDING, "building") \
	X(PLANNED, "planned") \
	X(SCALE, "scale") \
	X(CHART, "chart") \
	X(MAP, "map") \
	X(TABLE, "table") \
	X(SERIES, "series") \
	X(BARS_FROM, "bars-from") \
	X(ALL_PAGES, "all-pages") \
	X(FIGURES_CSV, "figures-csv") \
	X(ABOUT_KB, "about-kb") \
	X(NAMES, "names") \
	X(NOTES, "notes") \
	X(FEED, "feed") \
	X(NOTHING, "nothing") \
	X(THOUSANDS, "thousands") \
	X(DECIMAL, "decimal") \
	X(DIGITS, "digits") \
	X(GET, "get") \
	X(GET_LINK, "get-link") \
	X(GET_READ, "get-read") \
	X(APENG, "apeng") \
	X(APENG_TEXT, "apeng-text") \
	X(APENG_STICK, "apeng-stick") \
	X(STOCK, "stock") \
	X(STOCK_TEXT, "stock-text") \
	X(STOCK_OPEN, "stock-open") \
	X(KEY, "key") \
	X(KEY_TEXT, "key-text") \
	X(KEY_FILE, "key-file") \
	X(PROVE, "prove") \
	X(PROVE_TEXT, "prove-text") \
	X(PROVE_GOOD, "prove-good") \
	X(UNSIGNED, "unsigned") \
	X(SHELL, "shell") \
	X(SEARCH, "search") \
	X(SEARCH_TEXT, "search-text") \
	X(TIMELINE, "timeline") \
	X(TIMELINE_ORDER, "timeline-order") \
	X(TIMELINE_ALT, "timeline-alt") \
	X(BC, "bc") \
	X(PHONE, "phone") \
	X(MAIL, "mail") \
	X(ADDRESS, "address") \
	X(HOURS, "hours") \
	X(CLOSED, "closed") \
	X(MO, "mo") \
	X(TU, "tu") \
	X(WE, "we") \
	X(TH, "th") \
	X(FR, "fr") \
	X(SA, "sa") \
	X(SU, "su") \
	X(DAILY, "daily") \
	X(WEEKLY, "weekly") \
	X(TWO_WEEKLY, "two-weekly") \
	X(MONTHLY, "monthly") \
	X(YEARLY, "yearly") \
	X(UNTIL, "until") \
	X(WARNING, "warning") \
	X(DANGER, "danger") \
	X(TIMETABLE, "timetable") \
	X(ONLY_IN, "only-in") \
	X(CONTACTS_VCF, "contacts-vcf") \
	X(EVENTS_ICS, "events-ics") \
	X(MENU_HOME, "menu-home") \
	X(MENU_UP, "menu-up") \
	X(NEXT, "next") \
	X(PREVIOUS, "previous") \
	X(MENU_INTRO, "menu-intro") \
	X(MENU_SEARCH, "menu-search") \
	X(MENU_PACKAGE, "menu-package") \
	X(MENU_PACKAGE_SHORT, "menu-package-short") \
	X(MENU_TREES, "menu-trees") \
	X(MENU_TREES_SHORT, "menu-trees-short") \
	X(NOTICE, "notice") \
	X(MENU_PART, "menu-part") \
	X(MENU_PART_TITLE, "menu-part-title") \
	X(MENU_PAGE, "menu-page") \
	X(MENU_WHOLE, "menu-whole") \
	X(MENU_WHOLE_SHORT, "menu-whole-short") \
	X(FOUND, "found") \
	X(FOUND_NONE, "found-none") \
	X(FOUND_BEYOND, "found-beyond") \
	X(FOUND_UNCLEAR, "found-unclear") \
	X(FOUND_MORE, "found-more") \
	X(FOUND_AGAIN, "found-again")

#define LANG_OTHER_PHRASES(X) \
	X(MENU_SIZE_WIDE, "menu-size-wide") \
	X(MENU_SIZE, "menu-size") \
	X(MENU_SIZE_KB, "menu-size-kb") \
	X(MENU_JOIN, "menu-join") \
	X(PLACES, "places") \
	X(PLACES_OTHER, "places-other") \
	X(HTTP_NONE, "http-none") \
	X(HTTP_HOST, "http-host") \
	X(HTTP_BUSY, "http-busy") \
	X(HTTP_BAD, "http-bad") \
	X(BOOK, "book") \
	X(BOOK_PRINT, "book-print") \
	X(BOOK_CONTENTS, "book-contents") \
	X(BOOK_COVER, "book-cover") \
	X(BOOK_ACCESS, "book-access")

#endif
