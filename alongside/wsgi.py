"""What the web server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.settings")
application = get_wsgi_application()

# every view is loaded before the first page, and stays: to look through it all for rubbish would hold up a page now and then
views = get_resolver().url_patterns
gc.collect()
gc.freeze()
