/* winmm's timers come with windows.h. */
#include "windows.h"
