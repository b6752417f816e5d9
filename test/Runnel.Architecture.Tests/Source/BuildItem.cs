namespace Runnel.Architecture.Tests.Source;

internal sealed record BuildItem(string Include, int Line, bool IsPrivate);
