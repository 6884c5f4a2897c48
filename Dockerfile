# One image for web, worker and beat; docker-compose.yml says which command each runs.
FROM python:3.12-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /srv/newsroom

# What pages are set in, and what looks a page over before it goes to the printer.
RUN apt-get update -q && apt-get install -qy --no-install-recommends fonts-noto-cjk ghostscript \
 && rm -rf /var/lib/apt/lists/*

COPY requirements/base.txt requirements/
RUN pip install --require-hashes -r requirements/base.txt

COPY . .
# The number is also nginx's in docker-compose.yml, which reads the pictures and static files.
RUN useradd --uid 10001 --no-create-home newsroom \
 && install -d -o newsroom -g newsroom -m 700 /var/lib/newsroom
USER newsroom
ENV NEWSROOM_MODE=production NEWSROOM_VAR=/var/lib/newsroom DJANGO_SETTINGS_MODULE=newsroom.settings
VOLUME /var/lib/newsroom
EXPOSE 8000
CMD ["python", "-m", "newsroom.web"]
