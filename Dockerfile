# One image, four commands:  docker run IMAGE server | sfu | jobs | migrate
# The worker is built from npm's source against Debian's libraries, as `npm start` does it.
FROM node:26-bookworm AS build
WORKDIR /skranke
COPY . .
RUN XDG_CACHE_HOME=/skranke/.cache node server/launch/prepare.mjs --for=image \
  && cp .cache/skranke/mediasoup-worker-* /usr/local/bin/mediasoup-worker

FROM node:26-bookworm-slim
RUN apt-get update \
  && apt-get install -y --no-install-recommends libuv1 libssl3 libsrtp2-1 libabsl20220623 \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /skranke
COPY --from=build /skranke /skranke
COPY --from=build /usr/local/bin/mediasoup-worker /usr/local/bin/mediasoup-worker
ENV MEDIASOUP_WORKER_BIN=/usr/local/bin/mediasoup-worker SKRANKE_SERVER_HOST=0.0.0.0 SKRANKE_SFU_HOST=0.0.0.0 SKRANKE_JOBS_HOST=0.0.0.0
USER node
ENTRYPOINT ["/skranke/server/launch/container.sh"]
CMD ["server"]
