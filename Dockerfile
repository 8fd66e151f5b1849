# Portico in a container: built in one stage, run in another without the tools and as a user that may do nothing else.
FROM node:26-bookworm-slim AS build
WORKDIR /portico
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json ./
COPY src ./src
RUN npm run build && npm prune --omit=dev

FROM node:26-bookworm-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=8080 \
    DATA_DIR=/data \
    LOG_FORMAT=json
WORKDIR /portico
COPY --from=build --chown=root:root /portico/node_modules ./node_modules
COPY --from=build --chown=root:root /portico/dist ./dist
COPY package.json LICENSE ./
COPY schemas ./schemas
COPY samples ./samples
COPY src/store/migrations ./src/store/migrations
RUN install -d -o node -g node -m 0700 /data && ln -s /portico/dist/cli.js /usr/local/bin/portico && chmod +x dist/cli.js
USER node
VOLUME /data
EXPOSE 8080
# The api answers here by itself, a worker when WORKER_PORT says so.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then(a => process.exit(a.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "dist/cli.js"]
CMD ["start"]
