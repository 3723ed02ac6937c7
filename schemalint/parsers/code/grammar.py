"""What Go, JavaScript, TypeScript and Rust call the parts of a program that matter here, as data."""

from __future__ import annotations

import re

from schemalint.model.frozen import frozen


@frozen
class Grammar:
    """`functions` have a name and are called by it, `closures` stand in an expression; `conditional` may run or not,
    but for the fields in `always`; `calls` run SQL; `formats` fill in a text; `sure` are calls that stop the program when
    they fail."""

    functions: frozenset[str]
    closures: frozenset[str]
    conditional: frozenset[str]
    loops: frozenset[str]
    blocks: frozenset[str]
    leaving: frozenset[str]
    calls: frozenset[str]
    formats: frozenset[str]
    holes: re.Pattern[str]
    always: frozenset[str] = frozenset({"initializer", "condition", "value"})
    sure: frozenset[str] = frozenset()


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


GO = Grammar(
    functions=words("function_declaration method_declaration"),
    closures=words("func_literal"),
    conditional=words(
        "if_statement expression_switch_statement type_switch_statement select_statement go_statement defer_statement"
    ),
    loops=words("for_statement"),
    blocks=words("block statement_list source_file expression_case default_case type_case communication_case"),
    leaving=words("return_statement break_statement continue_statement goto_statement"),
    calls=words(
        "Exec ExecContext MustExec MustExecContext ExecRaw NewRaw Query QueryContext QueryRow QueryRowContext ExecScript"
    ),
    formats=words("Sprintf"),
    holes=re.compile(r"%%|%[-+# 0]*\d*(?:\.\d+)?(?:\[\d+\])?[a-zA-Z]"),
    sure=words("MustExec MustExecContext"),
)
SCRIPT = Grammar(
    functions=words("function_declaration generator_function_declaration method_definition"),
    closures=words("arrow_function function_expression function generator_function"),
    conditional=words(
        "if_statement switch_statement ternary_expression catch_clause finally_clause optional_chain"
        " augmented_assignment_expression"
    ),
    loops=words("for_statement for_in_statement while_statement do_statement"),
    blocks=words("statement_block program switch_case switch_default"),
    leaving=words("return_statement throw_statement break_statement continue_statement"),
    calls=words(
        "query execute exec run unsafe raw runSql prepare executeSql execAsync runAsync executeSqlAsync queryRaw"
        " $executeRaw $executeRawUnsafe $queryRawUnsafe sql executeMultiple"
    ),
    formats=frozenset(),
    holes=re.compile(r"(?!)"),
)
RUST = Grammar(
    functions=words("function_item"),
    closures=words("closure_expression"),
    conditional=words("if_expression match_expression"),
    loops=words("for_expression while_expression loop_expression"),
    blocks=words("block source_file"),
    leaving=words("return_expression break_expression continue_expression"),
    calls=words(
        "execute execute_batch batch_execute simple_query query raw_sql sql_query query_drop exec_drop execute_unprepared"
    ),
    formats=words("format"),
    holes=re.compile(r"\{\{|\}\}|\{[^{}]*\}"),
    always=words("condition value"),
)

GRAMMARS = {"go": GO, "javascript": SCRIPT, "typescript": SCRIPT, "tsx": SCRIPT, "rust": RUST}

BACK = re.compile(r"(?i)^(?:_*(?:down|rollback|revert|undo|backward)|.*(?:Down|Rollback)$)")
"""Names of what takes a step of a history back."""
