/* SPDX-License-Identifier: ISC */
/* Which kind a scalar is by YAML 1.2. */
#ifndef CONTENT_SCALAR_H
#define CONTENT_SCALAR_H

struct yaml_node;

/* What a plain scalar is in YAML 1.2; a quoted one is always a string. */
enum yaml_scalar { YAML_STRING, YAML_NULL, YAML_BOOL, YAML_NUMBER };

enum yaml_scalar yaml_scalar(const struct yaml_node *);

#endif
