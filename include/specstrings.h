/* Notes on parameters and results: sal.h has all there is. */
#ifndef WS2_SPECSTRINGS_H
#define WS2_SPECSTRINGS_H

#include "sal.h"

#endif
