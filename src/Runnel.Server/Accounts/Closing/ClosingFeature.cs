using Runnel.Server.Background.Unfinished;

namespace Runnel.Server.Accounts.Closing;

/// <summary>The end of accounts. Add it after whatever an account owns, so that what was left unfinished can be finished.</summary>
internal static class ClosingFeature
{
    public static void AddClosing(this IServiceCollection services)
    {
        services.AddScoped<AccountEnd>();
        services.AddScoped<AccountDeletion>();
        services.AddUnfinished<UnfinishedAccounts>();
    }
}
