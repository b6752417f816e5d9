namespace Runnel.Server.Transfer.Files;

/// <summary>What the first line of a file says.</summary>
/// <param name="Format">What it is.</param>
/// <param name="Version">The version of this format.</param>
/// <param name="Schema">The number of the newest migration of the tables.</param>
/// <param name="Database">The kind of database that it came from.</param>
/// <param name="ExportedAt">When.</param>
internal sealed record ExportHeader(string Format, int Version, int Schema, string Database, string ExportedAt)
{
    public const string FormatName = "runnel-export";
    public const int NewestVersion = 1;
}
