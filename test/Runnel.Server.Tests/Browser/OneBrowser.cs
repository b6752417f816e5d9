namespace Runnel.Server.Tests.Browser;

/// <summary>One browser for all tests that need one.</summary>
[CollectionDefinition(nameof(OneBrowser))]
public sealed class OneBrowser : ICollectionFixture<Chromium>;
