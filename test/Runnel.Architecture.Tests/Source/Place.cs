namespace Runnel.Architecture.Tests.Source;

internal readonly record struct Place(string Path, int Line)
{
    public override string ToString() => $"{Path}:{Line}";
}
