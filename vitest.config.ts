import { defineConfig } from "vitest/config";

/** What starts gateways, databases or queues: each file in a process of its own, which takes everything along when it ends. */
const withServers = ["test/{end-to-end,pipeline,api,cli,simulator,fuzz}/**/*.test.ts"];

export default defineConfig({
  test: {
    reporters: ["default", "./test/support/combination-reporter.ts"],
    // More than there are cores: those that wait for a clock let the others work.
    maxWorkers: 3,
    projects: [
      {
        extends: true,
        test: {
          name: "with servers",
          include: withServers,
          globalSetup: ["test/global-setup.ts"],
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: {
          name: "pure",
          include: ["test/**/*.test.ts"],
          exclude: withServers,
          testTimeout: 120_000,
          // They keep nothing: a worker goes from file to file with the modules that it has.
          isolate: false,
        },
      },
    ],
  },
});
