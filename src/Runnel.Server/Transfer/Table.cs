namespace Runnel.Server.Transfer;

/// <summary>A table as a database has it, and the order of the values in its rows.</summary>
internal sealed record Table(string Name, IReadOnlyList<Column> Columns)
{
    /// <summary>Its columns, as a list in a statement.</summary>
    public string ColumnList => string.Join(", ", Columns.Select(column => '"' + column.Name + '"'));
}
