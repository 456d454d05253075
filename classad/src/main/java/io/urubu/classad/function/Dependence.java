package io.urubu.classad.function;

import io.urubu.classad.ast.Name;

/** What the value of a function depends on. */
public enum Dependence {
  /** The values of its arguments only. */
  VALUES,
  /** Also the clock, chance or the machine: each call has to be made when its time comes. */
  SURROUNDINGS,
  /** How its arguments are written and where, not only their values. */
  TEXT;

  public static Dependence of(Name function) {
    return switch (function.key()) {
      case "time", "currenttime", "daytime", "timezoneoffset", "abstime", "random", "formattime" ->
          SURROUNDINGS;
      case "getyear", "getmonth", "getdayofmonth", "getdayofweek", "getdayofyear" -> SURROUNDINGS;
      case "gethours", "getminutes", "getseconds" -> SURROUNDINGS;
      case "splittime", "userhome", "usermap", "debug" -> SURROUNDINGS;
      case "eval", "unparse", "unresolved", "evalineachcontext", "countmatches" -> TEXT;
      default -> VALUES;
    };
  }
}
