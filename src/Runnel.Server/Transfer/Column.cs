namespace Runnel.Server.Transfer;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name, the same in every database.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Type">What its database calls that.</param>
internal sealed record Column(string Name, ColumnKind Kind, string Type = "");
