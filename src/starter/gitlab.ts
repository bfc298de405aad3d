// The pipeline for GitLab.
import type { Answers } from "./answers.ts";

/** `.gitlab-ci.yml`: validate and plan for merge requests, apply on the default branch, a schedule for the rest. */
export function gitlabPipeline({ workspace }: Pick<Answers, "workspace">, tool: string): string {
  return `# Vacancies: a plan for each merge request, an apply after the merge, and a schedule for what time makes due.
# Wants the masked variables VAC_LOGIN and VAC_PASSWORD, and that job tokens may push (the state has its own branch).
default:
  image: node:22
  before_script:
    - npm install --global --ignore-scripts ${tool}
  interruptible: false

variables:
  VAC_WORKSPACE: ${JSON.stringify(workspace === "" ? "." : workspace)}
  # The commits that the state names.
  GIT_DEPTH: "0"

stages: [check, apply]

validate:
  stage: check
  interruptible: true
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  script:
    - vac -C "$VAC_WORKSPACE" validate

plan:
  stage: check
  interruptible: true
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  script:
    - git fetch --quiet origin "$CI_MERGE_REQUEST_TARGET_BRANCH_NAME:refs/remotes/origin/$CI_MERGE_REQUEST_TARGET_BRANCH_NAME"
    - vac -C "$VAC_WORKSPACE" plan --only commit --base "origin/$CI_MERGE_REQUEST_TARGET_BRANCH_NAME" --out plan.json
    - vac show plan.json --format markdown > plan.md
  artifacts:
    expose_as: plan
    paths: [plan.md]
    expire_in: 30 days

apply:
  stage: apply
  # One at a time; a job that waits is not dropped.
  resource_group: vac-apply
  environment: vac
  rules:
    - if: $CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  script:
    # The tip, so that a job that comes late or again doesn't bring back what is past.
    - git fetch --quiet origin "$CI_DEFAULT_BRANCH"
    - git checkout --quiet --detach FETCH_HEAD
    - exec vac -C "$VAC_WORKSPACE" apply --only commit --auto-approve --wait 15m

nightly:
  stage: apply
  resource_group: vac-apply
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule"
  script:
    - vac -C "$VAC_WORKSPACE" apply --only clock --within-budget --auto-approve --wait 15m
    - vac -C "$VAC_WORKSPACE" drift --detailed-exitcode
`;
}
